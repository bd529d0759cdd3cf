import pg from 'pg'
import type { Statement } from '../../server/src/platform/db/database.ts'
import type { Filled } from './large-data.ts'

/** What PostgreSQL does for a statement of the product, as the product's own role; nothing of it is kept. */
export async function explain(filled: Filled, statement: Statement): Promise<string> {
  const client = new pg.Client({ connectionString: filled.url, options: '-c role=foyer_app' })
  await client.connect()
  try {
    const custom = await planOf(client, filled, statement, 'force_custom_plan')
    const generic = await planOf(client, filled, statement, 'force_generic_plan')
    const inner = /search_conversations/.test(statement.text) ? await insideSearch(statement, filled.url) : ''
    const differs = shapeOf(custom) === shapeOf(generic) ? '' : `\nFor any values:\n\n${fenced(generic)}`
    return `${fenced(custom)}${differs}${inner}`
  } finally {
    await client.end()
  }
}

async function planOf(
  client: pg.Client,
  { organizationId }: Filled,
  statement: Statement,
  mode: string,
): Promise<string> {
  const values = [...(statement.values ?? [])]
  await client.query('begin')
  try {
    await client.query(
      `select set_config('foyer.organization', $1, true), set_config('plan_cache_mode', $2, true)`,
      [organizationId, mode],
    )
    await client.query('deallocate all')
    await client.query(`prepare asked as ${statement.text}`)
    const list = values.map(literal).join(', ')
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers, settings off) execute asked${values.length > 0 ? `(${list})` : ''}`,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  } finally {
    await client.query('rollback')
  }
}

/** A function's own plan is not shown; its question to the newest part of the index, asked as its owner. */
async function insideSearch(statement: Statement, url: string): Promise<string> {
  const words = literal(statement.values?.findLast((value) => typeof value === 'string') ?? '')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('set enable_seqscan = off')
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers) select r.conversation_id, max(r.seq) from search_rows r
       where r.words @@ (select replace(search_template(${words}), E'\\x01', search_prefix(number))::tsquery
         from search_parts order by place desc limit 1) group by r.conversation_id`,
    )
    return `\nIts question to the newest part of the index:\n\n${fenced(rows.map((row) => row['QUERY PLAN']).join('\n'))}`
  } finally {
    await client.end()
  }
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  return `'${String(value).replaceAll("'", "''")}'`
}

/** A plan without its numbers. */
function shapeOf(plan: string): string {
  return plan
    .split('\n')
    .map((line) => line.replace(/\(.*$/, '').trim())
    .filter((line) => /->|^(Limit|Sort|Append|Result|Function|Nested|Index|Seq|Merge|Hash)/.test(line))
    .join('\n')
}

function fenced(text: string): string {
  return `\`\`\`\n${text}\n\`\`\`\n`
}
