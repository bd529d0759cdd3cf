import type { Database } from '../../platform/db/database.ts'

/** Whether nobody has set this installation up yet. */
export async function isSetupNeeded({ database }: { database: Database }): Promise<boolean> {
  const [row] = await database.run<{ exist: boolean }>({
    name: 'organizations_exist',
    text: 'select organizations_exist() as exist',
  })
  return !row?.exist
}
