import type { Database } from './database.ts'

/** Of no organization: what the probe writes is of nobody. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Writes half a megabyte that takes room on the disk and in the database's log, and takes it back: what is written in place
 * goes well for a while even on a full disk.
 */
export function probeWrite(database: Database): Promise<void> {
  return database.within(nobody, async (transaction) => {
    await transaction.query({ text: 'create temporary table foyer_probe (filler text) on commit drop' })
    await transaction.query({
      text: 'insert into foyer_probe select gen_random_uuid()::text from generate_series(1, 8000)',
    })
  })
}
