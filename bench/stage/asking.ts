import pg from 'pg'

export type Ask = (sql: string) => Promise<unknown[]>

/** Asks one connection of its own, and ends it. */
export async function asking<T>(url: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(async (sql) => (await client.query(sql)).rows as unknown[])
  } finally {
    await client.end()
  }
}
