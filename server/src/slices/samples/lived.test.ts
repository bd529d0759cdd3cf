import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Build, createBuild } from '../../testing/build.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { actorOf, decide, unborn } from '../conversations/model.ts'
import { withBody } from '../conversations/record.ts'
import type { ConversationRow } from '../conversations/shapes.ts'
import { beginStatement, recordStatement } from '../conversations/statements.ts'
import { createBatch, type SampleContext } from './actions.ts'
import { sampleContacts } from './content.ts'
import { type Cast, type Moment, type PlayedEntry, play, stage } from './model.ts'

let db: TestDatabase
let build: Build
let cast: Omit<Cast, 'conversationId'>
let ownerId: string
const scripts = sampleContacts.flatMap(({ scripts }) => scripts)
const startedAt = Date.parse('2026-03-14T09:30:00.000Z')

beforeAll(async () => {
  db = await createTestDatabase()
  build = createBuild(db.database, async () => 'no hash')
  const organization = await build.organization()
  const organizationId = organization.id
  const widget = await build.widget({ organizationId })
  const contact = await build.contact({ organizationId })
  const operator = async (name: string) => {
    const { id } = await build.operator({ organizationId, name })
    return { id, name }
  }
  const me = await operator('Olga')
  ownerId = me.id
  cast = {
    organizationId,
    contactId: contact.id,
    identityId: contact.identityId,
    widgetId: widget.id,
    operators: {
      me,
      amelie: await operator('Amélie'),
      jonas: await operator('Jonas'),
      priya: await operator('Priya'),
      tom: await operator('Tom'),
    },
  }
})
afterAll(() => db.close())

describe('what a script plays to', () => {
  test.each(scripts.map((script, index) => [index, script] as const))(
    'is what the real statements make of the same moments (script %i)',
    async (_index, script) => {
      const own = { ...cast, conversationId: randomUUID() }
      // The longest one's end is enough: its rounds repeat, and each moment here is a round trip.
      const steps =
        script.steps.length > 100 ? [...script.steps.slice(0, 60), ...script.steps.slice(-5)] : script.steps
      const moments = stage({ ...script, steps }, own, startedAt)
      const played = play(moments, own, randomUUID)
      await live(moments, own, played.entries)
      const [head] = await db.database.read<ConversationRow>(own.organizationId, {
        text: 'select * from conversations where organization_id = $1 and id = $2',
        values: [own.organizationId, own.conversationId],
      })
      expect(played.head).toEqual(head)
      const entries = await db.database.read<PlayedEntry>(own.organizationId, {
        text: `select id, seq, changed_seq, public_seq, public_changed_seq, at, kind, actor_kind, actor_id, identity_id, text, body, session
               from entries where organization_id = $1 and conversation_id = $2 order by seq`,
        values: [own.organizationId, own.conversationId],
      })
      expect(played.entries).toEqual(entries)
    },
  )
})

/** Lives the moments through the statements that write the present, on a clock that stands at each. */
async function live(moments: readonly Moment[], own: Cast, entries: readonly PlayedEntry[]): Promise<void> {
  const ids = entries.map(({ id }) => id)
  let head: ConversationRow | undefined
  for (const moment of moments) {
    await db.owner(
      `create or replace function clock_now() returns timestamptz language sql volatile as $$ select '${new Date(moment.at).toISOString()}'::timestamptz $$`,
    )
    if ('mark' in moment) {
      const upTo = head?.public_seq ?? 0
      const [row] =
        moment.mark === 'contact'
          ? await db.database.run<ConversationRow>({
              text: 'select * from mark_by_contact($1, $2, $3, $4)',
              values: [own.organizationId, own.conversationId, upTo, moment.read ? upTo : 0],
            })
          : await db.database.run<ConversationRow>({
              text: 'select * from mark_by_operator($1, $2, $3, $4)',
              values: [own.organizationId, own.conversationId, head?.assignee_id, upTo],
            })
      head = row ?? head
      continue
    }
    const decidedOn = head
      ? { ...unborn, state: head.state, assigneeId: head.assignee_id, answered: head.answered }
      : unborn
    const decided = decide(decidedOn, moment.event)
    if (typeof decided === 'string') throw new Error(decided)
    const decision = withBody(decided, { content: moment.content })
    const isContact = moment.event.kind === 'contact_wrote'
    const record = {
      organizationId: own.organizationId,
      conversationId: own.conversationId,
      decision,
      draft: {
        id: ids.shift() ?? '',
        routedId: randomUUID(),
        text: moment.text,
        identityId: isContact ? own.identityId : null,
      },
      actor: actorOf(moment.event, own.contactId),
      hash: randomBytes(32),
    }
    const { contactId, widgetId } = own
    const [row] = await db.database.run<ConversationRow>(
      head
        ? recordStatement({ ...record, decidedOn })
        : beginStatement({ ...record, contactId, widgetId, channel: 'website' }),
    )
    if (!row) throw new Error('The head was not as decided on.')
    head = row
  }
}

describe('a batch', () => {
  const job = (from: number) => ({
    id: randomUUID(),
    organizationId: cast.organizationId,
    kind: 'samples.create',
    payload: { operatorId: ownerId, startedAt, from },
    attempts: 1,
    signal: new AbortController().signal,
    complete: async () => undefined,
  })
  const context = (): SampleContext => ({
    database: db.database,
    heads: {
      get: () => undefined,
      set: () => undefined,
      forget: () => undefined,
      forgetOf: () => undefined,
      forgetOfContact: () => undefined,
    },
    changes: { publish: () => undefined },
    publishHead: () => undefined,
    wakeWorkers: () => undefined,
  })
  const count = async () =>
    await db.owner('select count(*)::int from contacts where sample union all select count(*)::int from jobs')

  test('leaves nothing behind when its job was taken over meanwhile', async () => {
    const before = await count()
    const lost = {
      ...job(0),
      complete: () => Promise.reject(new Error('The job is held by another worker now.')),
    }
    await expect(createBatch(context(), lost)).rejects.toThrow('another worker')
    expect(await count()).toEqual(before)
    await createBatch(context(), job(0))
    expect(await count()).toEqual([{ count: 5 }, { count: 1 }])
  })
})
