import { join, resolve } from 'node:path'
import { urlOf } from './address.ts'
import { canConnect } from './database.ts'
import { type Home, hasCluster, passwordsOf } from './home.ts'
import { addressOf } from './leftover.ts'
import { isOfCluster, markOf } from './processes.ts'
import { readPostmaster } from './server-process.ts'

/** What is in a DATA_DIR: no database, one that nobody serves, or one that is served at this address, as its owner. */
export async function lookInto(dataDir: string): Promise<'nothing' | 'resting' | { url: string }> {
  const path = join(resolve(dataDir), 'postgres')
  const home: Home = { dataDir: resolve(dataDir), path, data: join(path, 'data') }
  if (!(await hasCluster(home))) return 'nothing'
  const postmaster = await readPostmaster(home.data)
  if (!postmaster || !(await isOfCluster(postmaster.pid, await markOf(home.data)))) return 'resting'
  const { foyer_owner: password } = await passwordsOf(home)
  const url = urlOf(addressOf(postmaster, home), { role: 'foyer_owner', password, database: 'foyer' })
  return (await canConnect(url)) ? { url } : 'resting'
}
