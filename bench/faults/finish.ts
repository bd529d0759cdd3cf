import { listEntries, readConversation } from '@foyer/contract/conversations.ts'
import { listMyEntries, readMyConversation } from '@foyer/contract/messenger.ts'
import type { Stage } from '../stage/stage.ts'
import type { Actor } from './actors.ts'
import { isIdle, until } from './cast.ts'
import type { Recorder, StoredEntry, View } from './history.ts'

export type Company = { recorder: Recorder; stage: Stage; actors(): Actor[] }

/** Waits until everything written is settled and everybody has everything; answers how long that took. */
export async function settle(company: Company, limitMs = 60_000): Promise<number> {
  const began = performance.now()
  await until(() => company.actors().every(isIdle), limitMs)
  const heads = await readHeads(company)
  const isLevel = () =>
    company.actors().every((actor) =>
      [...actor.follows].every((conv) => {
        const head = heads.get(conv)
        const number = actor.view === 'operator' ? head?.seq : head?.publicSeq
        return number === undefined || (actor.live.conversation(conv)?.n ?? -1) >= number
      }),
    )
  await until(isLevel, Math.max(1_000, limitMs - (performance.now() - began)))
  return performance.now() - began
}

type Heads = Map<string, { seq: number; publicSeq: number; assignee: string | null }>

async function readHeads({ stage, actors }: Company): Promise<Heads> {
  const ids = [...new Set(actors().flatMap((actor) => [...actor.follows]))]
  const rows = await stage.sql<{ id: string; seq: string; public_seq: string; assignee_id: string | null }>(
    'select id, seq, public_seq, assignee_id from conversations where id = any ($1)',
    [ids],
  )
  return new Map(
    rows.map((row) => [
      row.id,
      { seq: Number(row.seq), publicSeq: Number(row.public_seq), assignee: row.assignee_id },
    ]),
  )
}

/** Writes down what the database holds, what can be read, and what each client shows. */
export async function takeStock(company: Company, options: { readers: number }): Promise<void> {
  await recordStored(company)
  const actors = company.actors()
  for (const actor of actors) {
    for (const conv of actor.follows) recordHeld(company.recorder, actor, conv)
  }
  const operators = actors.filter((actor) => actor.view === 'operator').slice(0, 1)
  const contacts = actors.filter((actor) => actor.view === 'contact').slice(0, options.readers)
  for (const actor of [...operators, ...contacts]) {
    for (const conv of [...actor.follows].slice(0, options.readers))
      await recordRead(company.recorder, actor, conv)
  }
}

async function recordStored(company: Company): Promise<void> {
  type Row = {
    conversation_id: string
    id: string
    seq: string
    public_seq: string | null
    kind: string
    actor_kind: string
    actor_id: string | null
    text: string
    body: { event?: string; operatorId?: string | null } | null
  }
  const heads = await readHeads(company)
  const rows = await company.stage.sql<Row>(
    `select conversation_id, id, seq, public_seq, kind, actor_kind, actor_id, text, body from entries
     where conversation_id = any ($1) order by conversation_id, seq`,
    [[...heads.keys()]],
  )
  const byConversation = Map.groupBy(rows, (row) => row.conversation_id)
  for (const [conv, head] of heads) {
    const entries = (byConversation.get(conv) ?? []).map(
      (row): StoredEntry => ({
        id: row.id,
        seq: Number(row.seq),
        publicSeq: row.public_seq === null ? null : Number(row.public_seq),
        kind: row.kind,
        by: row.actor_kind === 'operator' ? `operator:${row.actor_id}` : null,
        text: row.text,
        event: row.body?.event ?? null,
        operatorId: row.body?.operatorId ?? null,
      }),
    )
    company.recorder.record({ op: 'stored', conv, ...head, entries })
  }
}

function recordHeld(recorder: Recorder, actor: Actor, conv: string): void {
  const held = actor.live.conversation(conv)
  recorder.record({
    op: 'final',
    source: 'held',
    to: actor.name,
    view: actor.view,
    conv,
    n: held?.n ?? 0,
    whole: !(held?.older ?? false),
    entries: (held?.entries ?? []).map(({ id, seq }) => ({ id, seq })),
  })
}

/** Reads a conversation as a newcomer would: its newest page, then page by page to its beginning. */
async function recordRead(recorder: Recorder, actor: Actor, conv: string): Promise<void> {
  const params = { conversationId: conv }
  const { api } = actor
  const view: View = actor.view
  const newest =
    view === 'operator'
      ? await api.call(readConversation, { params })
      : await api.call(readMyConversation, { params })
  const entries: { id: string; seq: number }[] = newest.entries.map(({ id, seq }) => ({ id, seq }))
  let { older } = newest
  while (older) {
    const before = entries[0]?.seq ?? 1
    const page =
      view === 'operator'
        ? await api.call(listEntries, { params, query: { before, limit: 200 } })
        : await api.call(listMyEntries, { params, query: { before, limit: 100 } })
    entries.unshift(...page.entries.map(({ id, seq }) => ({ id, seq })))
    older = page.older
  }
  recorder.record({
    op: 'final',
    source: 'rest',
    to: actor.name,
    view,
    conv,
    n: newest.n,
    whole: true,
    entries,
  })
}
