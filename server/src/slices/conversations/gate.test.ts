import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Statement } from '../../platform/db/database.ts'
import { type BuiltConversation, type BuiltOperator, createBuild } from '../../testing/build.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { actorOf, type ConversationEvent, decide, unborn } from './model.ts'
import { decidable } from './record.ts'
import type { Decision } from './shapes.ts'
import { beginStatement, recordStatement } from './statements.ts'

type Side = { operator: BuiltOperator; talk: BuiltConversation; note: string; widget: string; group: string }

let db: TestDatabase
let ours: Side
let theirs: Side

beforeAll(async () => {
  db = await createTestDatabase()
  ours = await side()
  theirs = await side()
})
afterAll(() => db.close())

/** A conversation of an operator who has begun an answer, in an organization of its own. */
async function side(): Promise<Side> {
  const build = createBuild(db.database, async () => 'no password')
  const operator = await build.operator()
  const { organizationId } = operator
  const widget = await build.widget({ organizationId })
  const group = await build.group({ organizationId, members: [operator] })
  const contact = await build.contact({ organizationId })
  const talk = await build.conversation({ contact, widget, assignee: operator })
  const note = randomUUID()
  await db.database.run(noteOf('record_note', { organizationId, talk, note, author: operator.id }))
  await db.owner(
    `insert into drafts (organization_id, operator_id, conversation_id, kind, text, version) values ($1, $2, $3, 'message', 'Hello', 1)`,
    [organizationId, operator.id, talk.id],
  )
  await db.owner(
    `insert into follow_ups (organization_id, conversation_id, kind, since_seq, due_at)
     values ($1, $2, 'waiting', 1, clock_now() - interval '1 hour')
     on conflict (organization_id, conversation_id) do update set kind = 'waiting', told = false, due_at = excluded.due_at`,
    [organizationId, talk.id],
  )
  const [row] = await db.owner<BuiltConversation['row']>('select * from conversations where id = $1', [
    talk.id,
  ])
  talk.row = row as BuiltConversation['row']
  return { operator, talk, note, widget: widget.id, group }
}

function noteOf(
  call: 'record_note' | 'change_note',
  given: { organizationId: string; talk: { id: string }; note: string; author: string; about?: object },
): Statement {
  const { organizationId, talk, note, author, about = { v: 1, event: 'note' } } = given
  const values = [organizationId, talk.id, note, author, 'Changed', JSON.stringify(about)]
  return call === 'record_note'
    ? { text: 'select * from record_note($1, $2, $3, $4, $5, $6, $7)', values: [...values, randomBytes(32)] }
    : { text: 'select * from change_note($1, $2, $3, $4, $5, $6)', values }
}

/** What is decided on their head, asked for in the name of our organization. */
function entryOf(event: ConversationEvent, as: Partial<Decision> = {}): Statement {
  const { row } = theirs.talk
  return recordStatement({
    organizationId: ours.operator.organizationId,
    conversationId: row.id,
    decidedOn: decidable(row),
    decision: { ...(decide(decidable(row), event) as Decision), ...as },
    draft: { id: randomUUID(), routedId: randomUUID(), text: 'Hello', identityId: null },
    actor: actorOf(event, row.contact_id),
    hash: randomBytes(32),
  })
}

function begun(given: { contactId: string; widgetId: string; groupId: string | null; isWelcomed?: boolean }) {
  const event = { kind: 'contact_wrote' } as const
  return beginStatement({
    organizationId: ours.operator.organizationId,
    conversationId: randomUUID(),
    channel: 'website',
    contactId: given.contactId,
    widgetId: given.widgetId,
    decision: decide({ ...unborn, groupId: given.groupId }, event) as Decision,
    draft: { id: randomUUID(), routedId: randomUUID(), text: 'Hello', identityId: null },
    actor: actorOf(event, given.contactId),
    hash: randomBytes(32),
    welcome: given.isWelcomed ? { id: randomUUID(), text: 'Welcome' } : null,
  })
}

/** All that an organization has, row by row. */
async function held(organizationId: string): Promise<Record<string, string[]>> {
  const tables = await db.owner<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relrowsecurity and c.relkind = 'r' order by 1`,
  )
  const all: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await db.owner<{ row: string }>(
      `select t::text as row from ${name} t where organization_id = $1 order by 1`,
      [organizationId],
    )
    all[name] = rows.map(({ row }) => row)
  }
  return all
}

const asked: Record<string, () => Statement> = {
  'an answer': () => entryOf({ kind: 'operator_wrote', by: theirs.operator.id }),
  'a question': () => entryOf({ kind: 'contact_wrote' }),
  'an end': () => entryOf({ kind: 'ended', by: theirs.operator.id }),
  'what is due': () => entryOf({ kind: 'contact_wrote' }, { due: 'waiting' }),
  'that nobody is there': () => entryOf({ kind: 'contact_wrote' }, { due: 'away' }),
  'a note': () =>
    noteOf('record_note', {
      organizationId: ours.operator.organizationId,
      talk: theirs.talk,
      note: randomUUID(),
      author: theirs.operator.id,
    }),
  'a changed note': () =>
    noteOf('change_note', {
      organizationId: ours.operator.organizationId,
      talk: theirs.talk,
      note: theirs.note,
      author: theirs.operator.id,
    }),
  'a changed entry': () => ({
    text: `select * from change_entry($1, $2, $3, 'message', '', null, null, true, true)`,
    values: [ours.operator.organizationId, theirs.talk.id, theirs.note],
  }),
  'a conversation of their contact': () =>
    begun({ contactId: theirs.talk.contact.id, widgetId: ours.widget, groupId: null }),
  'a conversation on their page': () =>
    begun({ contactId: ours.talk.contact.id, widgetId: theirs.widget, groupId: null }),
  'a conversation for their group': () =>
    begun({ contactId: ours.talk.contact.id, widgetId: ours.widget, groupId: theirs.group }),
  'a conversation with a welcome': () =>
    begun({ contactId: theirs.talk.contact.id, widgetId: theirs.widget, groupId: null, isWelcomed: true }),
}
const handed = ['record_handed', 'record_joined'] as const
for (const call of handed)
  asked[call] = () => {
    const statement = entryOf({ kind: 'operator_wrote', by: theirs.operator.id })
    return { ...statement, name: call, text: statement.text.replace('record_entry', call) }
  }

test.each(Object.entries(asked))(
  'in the name of another organization nobody writes %s',
  async (_title, statement) => {
    const before = await held(theirs.operator.organizationId)
    const own = await held(ours.operator.organizationId)
    // Some find nothing, some are refused by a key.
    const rows = await db.database.run(statement()).catch(() => [])
    expect(rows).toEqual([])
    expect(await held(theirs.operator.organizationId)).toEqual(before)
    expect(await held(ours.operator.organizationId)).toEqual(own)
  },
)

test('what a note of ours says of their people and drafts does nothing to them', async () => {
  const before = await held(theirs.operator.organizationId)
  const { organizationId } = ours.operator
  const about = { v: 1, event: 'note', mentions: [{ operatorId: theirs.operator.id, name: 'Somebody' }] }
  const note = randomUUID()
  const [row] = await db.database.run<{ organization_id: string }>(
    noteOf('record_note', { organizationId, talk: ours.talk, note, author: theirs.operator.id, about }),
  )
  expect(row?.organization_id).toBe(organizationId)
  expect(await held(theirs.operator.organizationId)).toEqual(before)
  expect(await db.owner('select from notifications where entry_id = $1', [note])).toEqual([])
})

test('only the server may call what works past the policies to write', async () => {
  const found = await db.owner<{ name: string; may: string[] }>(
    `select p.proname as name, array(select a.grantee::regrole::text from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
       where a.grantee <> p.proowner) as may
     from pg_proc p where p.prosecdef and p.proname in ('begin_conversation', 'record_entry', 'record_note') order by 1`,
  )
  expect(found).toEqual(
    ['begin_conversation', 'record_entry', 'record_note'].map((name) => ({ name, may: ['foyer_app'] })),
  )
})
