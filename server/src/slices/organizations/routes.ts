import { readSetup } from '@foyer/contract/organizations.ts'
import type { Database } from '../../platform/db/database.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { isSetupNeeded } from './reads.ts'

/** What can be asked before there is an organization. Setting one up logs its owner in, which is for operators. */
export function organizationRoutes(context: { database: Database }): BoundRoute[] {
  return [bind(readSetup, async () => ({ needed: await isSetupNeeded(context) }))]
}
