import { createHash } from 'node:crypto'
import { migrate } from '../../server/src/platform/db/migrate.ts'
import { type Ask, asking } from '../stage/asking.ts'
import type { Random } from '../stage/random.ts'
import { entriesEach, longEntries, rareEach } from './large-rule.ts'
import { fillSearch, type TakenIn } from './large-search.ts'

export type Filled = {
  readonly url: string
  readonly organizationId: string
  readonly operatorId: string
  readonly widgetId: string
  readonly groupId: string
  readonly conversations: number
  /** A conversation with a hundred thousand entries. */
  readonly longId: string
  /** How fast the job is that takes what was there into the search's index. */
  readonly takenIn: TakenIn
  /** The id of the so-many-th conversation. */
  conversationId(index: number): string
}

const operators = 20
/** Open conversations: an archive grows with the years, what waits today does not. */
const open = 2_300
const unassigned = 300

/** Words of a help desk: some in every third message, most in few. */
const common = [
  'order',
  'delivery',
  'please',
  'thank',
  'number',
  'payment',
  'account',
  'address',
  'morning',
  'problem',
]

/** Makes a database with so many conversations of ten entries each, indexed as in production. */
export async function fillDatabase(
  clusterUrl: string,
  name: string,
  conversations: number,
  random: Random,
): Promise<Filled> {
  await asking(clusterUrl, async (ask) => ask(`create database ${name} encoding 'UTF8' template template0`))
  const url = new URL(clusterUrl)
  url.pathname = `/${name}`
  await migrate(url.href, { allowUnsafe: true })
  const [organizationId, widgetId, groupId] = [
    '00000000-0000-4000-8000-0000000000aa',
    '00000000-0000-4000-8000-0000000000bb',
    '00000000-0000-4000-8000-0000000000cc',
  ]
  await asking(url.href, async (ask) => {
    await ask(`set maintenance_work_mem = '1GB'`)
    await ask(`set synchronous_commit = off`)
    await ask(`insert into organizations (id, name) values ('${organizationId}', 'Large')`)
    await ask(
      `insert into widgets (organization_id, id, key, name) values ('${organizationId}', '${widgetId}', 'large', 'Website')`,
    )
    await ask(`insert into operators (organization_id, id, email, name, role)
      select '${organizationId}', md5('o' || g)::uuid, g || '@example.com', 'Operator ' || g, 'operator' from generate_series(1, ${operators}) g`)
    await ask(`insert into contacts (organization_id, id, name)
      select '${organizationId}', md5('k' || g)::uuid, 'Contact ' || g from generate_series(1, ${Math.ceil(conversations / 4)}) g`)
    await ask(`create table sentences (id integer primary key, text text not null)`)
    const sentences = Array.from({ length: 5_000 }, () => sentence(random))
    for (let from = 0; from < sentences.length; from += 1_000) {
      const values = sentences.slice(from, from + 1_000).map((text, index) => `(${from + index}, '${text}')`)
      await ask(`insert into sentences values ${values.join()}`)
    }
    const restore = await withoutIndexes(ask)
    await ask(`alter table entries set unlogged`)
    // What follows a message looks for its conversation by an index that is not there yet, and is over anyway.
    await ask('alter table entries disable trigger user')
    await fillConversations(ask, { organizationId, widgetId, conversations })
    await fillEntries(url.href, { organizationId, conversations })
    await restore()
    await ask('alter table entries enable trigger user')
    await ask(
      `insert into groups (organization_id, id, name) values ('${organizationId}', '${groupId}', 'Returns')`,
    )
    // A third of what nobody has, and of what has ended as many as a year brings.
    await ask(`update conversations set group_id = '${groupId}' where (organization_id, id) in (
      (select organization_id, id from conversations where assignee_id is null and ended_at is null order by id limit ${unassigned / 3})
      union all (select organization_id, id from conversations where ended_at is not null limit 20000))`)
    await ask('vacuum (analyze) conversations, entries, contacts, operators')
  })
  const takenIn = await fillSearch(url.href, {
    organizationId,
    conversations,
    longFrom: longFrom(conversations),
  })
  await asking(url.href, (ask) => ask('drop table sentences'))
  const ids = await asking(url.href, async (ask) => {
    const [long] = (await ask(`select md5('long')::uuid as id`)) as { id: string }[]
    const [operator] = (await ask(`select md5('o1')::uuid as id`)) as { id: string }[]
    return { longId: long?.id ?? '', operatorId: operator?.id ?? '' }
  })
  return {
    url: url.href,
    organizationId,
    widgetId,
    groupId,
    conversations,
    takenIn,
    ...ids,
    conversationId: conversationIdOf,
  }
}

/** As the database makes it: `md5('c' || index)::uuid`. */
export function conversationIdOf(index: number): string {
  const digits = createHash('md5').update(`c${index}`).digest('hex')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Indexes are made faster after the rows than with them. Answers how to make them again, as they were. */
async function withoutIndexes(ask: Ask): Promise<() => Promise<void>> {
  type Definition = { name: string; table: string; definition: string }
  const constraints =
    (await ask(`select conname as name, conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype in ('p', 'f')
      and (conrelid in ('entries'::regclass, 'conversations'::regclass) or confrelid in ('entries'::regclass, 'conversations'::regclass))
    order by contype = 'p'`)) as Definition[]
  for (const { name, table } of constraints) await ask(`alter table ${table} drop constraint ${name}`)
  const indexes =
    (await ask(`select indexname as name, tablename as table, indexdef as definition from pg_indexes
    where tablename in ('entries', 'conversations') and schemaname = 'public'`)) as Definition[]
  for (const { name } of indexes) await ask(`drop index ${name}`)
  return async () => {
    for (const { definition } of indexes) await ask(definition)
    for (const { name, table, definition } of [...constraints].reverse()) {
      // Rows made by rule need no proof that they fit.
      const trust = definition.startsWith('FOREIGN') ? ' not valid' : ''
      await ask(`alter table ${table} add constraint ${name} ${definition}${trust}`)
    }
  }
}

type Fill = { organizationId: string; conversations: number }

function stepOf(conversations: number): number {
  return Math.max(1, Math.floor(conversations / open))
}

/** The long conversation is as old as the so-many-th other. */
function longFrom(conversations: number): number {
  return stepOf(conversations) * (unassigned + 1)
}

/** One in so many is open, spread over all; the rest has ended. */
async function fillConversations(ask: Ask, fill: Fill & { widgetId: string }): Promise<void> {
  const { organizationId, widgetId, conversations } = fill
  const step = stepOf(conversations)
  const columns = `organization_id, id, contact_id, widget_id, channel, state, assignee_id, answered, seq, public_seq,
    created_at, last_at, public_last_at, message_at, waiting_since, ended_at, rank, position, preview_author, preview_text`
  const row = (
    id: string,
    entries: number,
  ) => `'${organizationId}', ${id}, md5('k' || 1 + g % ${Math.ceil(conversations / 4)})::uuid,
    '${widgetId}', 'website', state, assignee, state <> 'new', ${entries}, ${entries}, at - interval '1 day', at, at, at,
    case when state in ('new', 'open') then at end, case when state = 'ended' then at end,
    case state when 'pending' then 3 when 'ended' then 4 else 1 end,
    case when state in ('new', 'open') then 1 else -1 end * extract(epoch from at), 'contact', 'Where is my order?'`
  const made = `select g, timestamptz '2026-11-01' - g * interval '40 seconds' as at,
      case when g % ${step} > 0 or g / ${step} > ${open} then 'ended' when g / ${step} <= ${unassigned} then 'new'
        when g % 2 = 0 then 'open' else 'pending' end as state,
      case when g % ${step} = 0 and g / ${step} <= ${unassigned} then null else md5('o' || 1 + (g / ${step}) % ${operators})::uuid end as assignee`
  await ask(`insert into conversations (${columns}) select ${row(`md5('c' || g)::uuid`, entriesEach)}
    from (${made} from generate_series(1, ${conversations}) g) m`)
  await ask(`insert into conversations (${columns}) select ${row(`md5('long')::uuid`, longEntries)}
    from (${made} from generate_series(${longFrom(conversations)}, ${longFrom(conversations)}) g) m`)
}

/** Two at a time: the machine has two cores. */
async function fillEntries(url: string, { organizationId, conversations }: Fill): Promise<void> {
  const columns = `organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind,
    actor_kind, actor_id, text, request_hash`
  const row = (conversation: string) => `'${organizationId}', ${conversation}, s, s, s, s, gen_random_uuid(),
    timestamptz '2026-11-01' - g * interval '40 seconds' + s * interval '1 second', 'message',
    case when s % 2 = 1 then 'contact' else 'operator' end,
    case when s % 2 = 1 then md5('k' || 1 + g % ${Math.ceil(conversations / 4)})::uuid else md5('o' || 1 + g % ${operators})::uuid end,
    t.text || case when s = 1 and g % ${rareEach(conversations)} = 0 then ' quokka' else '' end, '\\x00'`
  const half = Math.floor(conversations / 2)
  await Promise.all(
    [
      [1, half],
      [half + 1, conversations],
    ].map(([from, to]) =>
      asking(url, (ask) =>
        ask(`insert into entries (${columns}) select ${row(`md5('c' || g)::uuid`)}
          from generate_series(${from}, ${to}) g cross join generate_series(1, ${entriesEach}) s
          join sentences t on t.id = (g * 31 + s * 17) % 5000`),
      ),
    ),
  )
  await asking(url, (ask) =>
    ask(`insert into entries (${columns}) select ${row(`md5('long')::uuid`)}
      from generate_series(1, 1) g cross join generate_series(1, ${longEntries}) s join sentences t on t.id = (s * 17) % 5000`),
  )
}

function sentence(random: Random): string {
  const words: string[] = []
  for (let count = 0; count < 12; count++) {
    if (random.chance(0.3)) words.push(random.pick(common))
    else words.push(wordOf(Math.floor(random.next() ** 3 * 20_000)))
  }
  return words.join(' ')
}

/** A word of its own for each number, of letters as words are. */
export function wordOf(number: number): string {
  return `w${[...number.toString(26)].map((digit) => 'bcdfghjklmnpqrstvwxyzaeiou'[Number.parseInt(digit, 26)]).join('')}o`
}
