import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Desk } from './desk.ts'
import type { Messenger } from './messenger.ts'
import type { Scene } from './scene.ts'

type Said = { by: 'contact' | 'operator'; text: string }
type Row = { id: string; state: string; assignee_id: string | null; assignee: string | null }

/** Waits for what a screen comes to show. The time is only ever used up where something is wrong, or the machine is busy. */
export function soon<T>(read: () => T | Promise<T>, ms = 20_000) {
  return expect.poll(read, { timeout: ms, interval: 40 })
}

/** What stands in a field, whether it takes formatting or not. */
export function written(field: Locator): Promise<string> {
  return field.evaluate((element) =>
    element instanceof HTMLTextAreaElement
      ? element.value
      : [...element.querySelectorAll('p, pre')].map(({ textContent }) => textContent).join('\n'),
  )
}

/**
 * Requires that what operator and contact have before them is what the database says: every message once, in order, on
 * its author's side; state and operator; which conversations stand in which list. Nothing is loaded again for it.
 */
export async function expectScreensEqualDatabase(
  scene: Scene,
  shown: { conversationId: string; desk?: Desk | undefined; messenger?: Messenger | undefined },
): Promise<void> {
  const { conversationId, desk, messenger } = shown
  const until = performance.now() + 20_000
  for (;;) {
    const [truth, seen] = [await read(scene, shown), await look(shown)]
    if (JSON.stringify(truth) === JSON.stringify(seen)) return
    if (performance.now() > until) {
      expect(seen, `what is shown of ${conversationId}`).toEqual(truth)
      throw new Error('The screens differ from the database in their order of fields.')
    }
    await (desk ?? messenger)?.page.waitForTimeout(60)
  }
}

async function read(scene: Scene, { conversationId, desk, messenger }: Parameters<typeof look>[0]) {
  const said = await scene.sql<{ text: string; actor_kind: string; public: boolean }>(
    `select text, actor_kind, public_seq is not null as public from entries
     where conversation_id = $1 and kind = 'message' order by seq`,
    [conversationId],
  )
  const all = said.map(({ text, actor_kind }) => ({
    by: actor_kind === 'contact' ? 'contact' : 'operator',
    text,
  }))
  const [head] = await scene.sql<Row>(
    `select c.id, c.state, c.assignee_id, o.name as assignee from conversations c
     left join operators o on o.id = c.assignee_id where c.id = $1`,
    [conversationId],
  )
  const mine = desk?.operator.id ?? null
  const list = async (condition: string, values: unknown[]) =>
    (
      await scene.sql<{ id: string }>(
        `select id from conversations where organization_id = $1 and state <> 'ended' and ${condition}
         order by rank, position, id`,
        values,
      )
    ).map(({ id }) => id)
  return {
    desk: desk && {
      said: all,
      state: head?.state.toUpperCase(),
      assignee: !head?.assignee_id ? 'Nobody' : head.assignee_id === mine ? 'Me' : head.assignee,
      mine: await list('assignee_id = $2', [desk.operator.organizationId, mine]),
      unassigned: await list('assignee_id is null', [desk.operator.organizationId]),
    },
    messenger: messenger && { said: all.filter((_, index) => said[index]?.public) },
  }
}

async function look({
  desk,
  messenger,
}: {
  conversationId: string
  desk?: Desk | undefined
  messenger?: Messenger | undefined
}) {
  return {
    desk: desk && {
      said: await saidIn(desk.log, 'div[data-entry]', 'start'),
      state: await factOf(desk, 'State'),
      assignee: await factOf(desk, 'Assigned to'),
      mine: await rowsIn(desk.section('Mine')),
      unassigned: await rowsIn(desk.section('Unassigned')),
    },
    messenger: messenger && { said: await saidIn(messenger.log, '.message:not(.typing)', 'end') },
  }
}

/** The bubbles of a log, told apart by the side they stand on: the contact's are at the start or the end. */
function saidIn(log: Locator, message: string, contactAt: 'start' | 'end'): Promise<Said[]> {
  return log.evaluate(
    (box, given) => {
      const outer = box.getBoundingClientRect()
      return [...box.querySelectorAll(given.message)].map((element) => {
        const bubble = element.querySelector('[dir="auto"]') as HTMLElement
        const inner = bubble.getBoundingClientRect()
        const side = inner.left - outer.left < outer.right - inner.right ? 'start' : 'end'
        const copy = bubble.cloneNode(true) as HTMLElement
        // Beside a link its host may be spelled out, which nobody wrote.
        for (const hint of copy.querySelectorAll('a > span')) hint.remove()
        const by = side === given.contactAt ? ('contact' as const) : ('operator' as const)
        return { by, text: copy.textContent ?? '' }
      })
    },
    { message, contactAt },
  )
}

function factOf(desk: Desk, name: string): Promise<string> {
  return desk.details.evaluate((panel, wanted) => {
    const term = [...panel.querySelectorAll('dt')].find((each) => each.textContent === wanted)
    return term?.nextElementSibling?.textContent ?? `no "${wanted}"`
  }, name)
}

function rowsIn(section: Locator): Promise<string[]> {
  return section.evaluate((element) =>
    [...element.querySelectorAll('a[href^="/inbox/"]')].map(
      (link) => link.getAttribute('href')?.slice(7) ?? '',
    ),
  )
}
