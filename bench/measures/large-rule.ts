import pg from 'pg'

/** Entries of a conversation, and of the long one. */
export const entriesEach = 10
export const longEntries = 100_000

/** One conversation in so many has the rare word in its first entry. */
export function rareEach(conversations: number): number {
  return Math.ceil(conversations / 20)
}

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
