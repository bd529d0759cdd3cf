import { asking } from '../stage/asking.ts'
import { entriesEach, longEntries, rareEach } from './large-rule.ts'

type Given = {
  organizationId: string
  conversations: number
  /** The long conversation stands behind the so-many-th other. */
  longFrom: number
}

/** How fast the job is that takes what was there into the search's index. */
export type TakenIn = { seconds: number; perSecond: number }

/**
 * Makes the search's index as the job makes it, newest first in full parts, but by rule: the words of each sentence are made
 * once and given the letters of each part, and the index is made after its rows. What the job itself does first shows how
 * fast it is, and that both make the same.
 */
export async function fillSearch(url: string, given: Given): Promise<TakenIn> {
  const takenIn = await takeIn(url)
  const { size, parts } = await asking(url, async (ask) => {
    await ask('truncate search_rows, search_progress, search_left')
    await ask('truncate search_parts restart identity')
    await ask('alter table search_rows drop constraint search_rows_pkey')
    await ask('drop index search_rows_words')
    await ask(
      `create table documents as select id, text, search_document('${marker}', text)::text as words from sentences`,
    )
    const [row] = (await ask('select search_part_size() as size')) as { size: number }[]
    const size = row?.size ?? 0
    const parts = Math.ceil((given.conversations * entriesEach + longEntries) / size)
    await ask(`insert into search_parts (organization_id, place, from_at, until_at, size)
      select '${given.organizationId}', -n, '-infinity', 'infinity', ${size} from generate_series(1, ${parts}) n order by n`)
    return { size, parts }
  })
  let next = 1
  const work = () =>
    asking(url, async (ask) => {
      await ask('set synchronous_commit = off')
      while (next <= parts) await ask(fillPart(given, next++, size))
    })
  // Two at a time: the machine has two cores.
  await Promise.all([work(), work()])
  await asking(url, async (ask) => {
    await ask(`set maintenance_work_mem = '1GB'`)
    await ask('alter table search_rows add primary key (organization_id, conversation_id, seq)')
    await ask('create index search_rows_words on search_rows using gin (words) with (fastupdate = off)')
    await ask('vacuum (analyze) search_rows, search_parts')
    // A long conversation the job takes in by pieces, so that its part may end elsewhere; what both have there is the same.
    const [same] =
      (await ask(`select count(*)::int as shared, (count(*) filter (where t.words <> r.words))::int as differing
      from taken t join search_rows r using (organization_id, conversation_id, seq) where r.part = -1`)) as {
        shared: number
        differing: number
      }[]
    if (!same || same.shared < size / 10 || same.differing > 0)
      throw new Error(`The index made by rule is not the one that the job makes: ${JSON.stringify(same)}.`)
    await ask('drop table taken, documents')
  })
  return takenIn
}

/** Letters that no sentence has, in place of a part's. */
const marker = 'yyyymarkyyyyz'

/** Lets the job take in the newest part, and keeps what it made. */
async function takeIn(url: string): Promise<TakenIn> {
  return asking(url, async (ask) => {
    // Contacts have their words from the write that made them.
    await ask(`insert into search_progress (organization_id, contacts_done) select id, true from organizations
      on conflict (organization_id) do update set contacts_done = true`)
    await ask('truncate search_parts restart identity')
    await ask('set synchronous_commit = off')
    const began = performance.now()
    const full = 'select from search_parts where place = -1 and size >= search_part_size()'
    while ((await ask(full)).length === 0) await ask('select search_catch_up(1000)')
    const seconds = (performance.now() - began) / 1000
    await ask('create table taken as select * from search_rows where part = -1')
    const [taken] = (await ask('select count(*)::int as count from search_rows')) as { count: number }[]
    return { seconds: Math.round(seconds), perSecond: Math.round((taken?.count ?? 0) / seconds) }
  })
}

/** The rows of the so-many-th part, and of which times they are: places of entries, counted from the newest, turned into them. */
function fillPart({ organizationId, conversations, longFrom }: Given, part: number, size: number): string {
  const total = conversations * entriesEach + longEntries
  const long = longFrom * entriesEach
  return `with documents as materialized (
      select d.id, d.text, replace(d.words, '${marker}', search_prefix(${part}))::tsvector as words from documents d),
    placed as materialized (
      select is_long, case when is_long then 1 else 1 + at / ${entriesEach} end as g,
        case when is_long then ${longEntries} - (place - ${long}) else ${entriesEach} - at % ${entriesEach} end as s
      from generate_series(${(part - 1) * size}, ${Math.min(part * size, total) - 1}) place
        cross join lateral (select place >= ${long} and place < ${long + longEntries} as is_long,
          case when place < ${long} then place else place - ${longEntries} end as at) at),
    made as (
      insert into search_rows (organization_id, conversation_id, seq, part, words)
      select '${organizationId}', md5(case when p.is_long then 'long' else 'c' || p.g end)::uuid, p.s, ${-part},
        case when not p.is_long and p.s = 1 and p.g % ${rareEach(conversations)} = 0
          then search_document(search_prefix(${part}), d.text || ' quokka') else d.words end
      from placed p join documents d on d.id = (case when p.is_long then 0 else p.g * 31 end + p.s * 17) % 5000)
    update search_parts t set from_at = m.from_at, until_at = m.until_at from (
      select min(at) as from_at, max(at) as until_at
      from (select timestamptz '2026-11-01' - g * interval '40 seconds' + s * interval '1 second' as at from placed) a) m
    where t.organization_id = '${organizationId}' and t.place = ${-part}`
}
