import { randomUUID } from 'node:crypto'
import type { setUp as setUpRoute } from '@foyer/contract/organizations.ts'
import type { BodyOf } from '@foyer/contract/route.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { ConfigError } from '../../platform/config.ts'
import { hashPassword, Secret } from '../../platform/crypto.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { refuseCommon } from '../../platform/passwords.ts'
import type { Announce } from '../../platform/reactions.ts'
import { accessUnattendedSetup, type SetupProof } from './access.ts'
import { isSetupNeeded } from './reads.ts'

declare module '../../platform/reactions.ts' {
  interface Facts {
    /** An organization begins; for `within` only: whoever hears it makes what an organization cannot be without. */
    'organization.created': {
      organizationId: string
      organizationName: string
      locale: Locale
      owner: { id: string; name: string; email: string; passwordHash: Secret }
    }
    /** All of the above is done. */
    'organization.set_up': { organizationId: string; ownerId: string; sampleData: boolean }
  }
}

export type OrganizationContext = { database: Database; announce: Announce }
export type SetUp = Omit<BodyOf<typeof setUpRoute>, 'token'>
export type Founded = { organizationId: string; operatorId: string }

/**
 * Creates the organization; its owner and first widget are made in the same transaction by those who hear of it.
 *
 * @throws Failure setup.done when there is one already; of several at once, one wins. password.common
 */
export async function setUp(
  context: OrganizationContext,
  _proof: SetupProof,
  input: SetUp,
): Promise<Founded> {
  if (!(await isSetupNeeded(context))) throw new Failure('setup.done')
  await refuseCommon(input.password, [input.ownerName, input.email, input.organizationName])
  // Slow on purpose, so it must not happen while the transaction holds the lock.
  const passwordHash = new Secret(await hashPassword(input.password))
  const organizationId = randomUUID()
  const ownerId = randomUUID()
  await context.database.within(organizationId, async (transaction) => {
    await transaction.query({ text: 'select pg_advisory_xact_lock($1)', values: [setupLock] })
    const [row] = await transaction.query<{ exist: boolean }>({
      text: 'select organizations_exist() as exist',
    })
    if (row?.exist) throw new Failure('setup.done')
    await transaction.query({
      text: 'insert into organizations (id, name) values ($1, $2)',
      values: [organizationId, input.organizationName],
    })
    await context.announce(transaction, 'organization.created', {
      organizationId,
      organizationName: input.organizationName,
      locale: input.locale,
      owner: { id: ownerId, name: input.ownerName, email: input.email, passwordHash },
    })
    const { sampleData } = input
    await context.announce(transaction, 'organization.set_up', { organizationId, ownerId, sampleData })
  })
  return { organizationId, operatorId: ownerId }
}

/** Sets up from the environment, if nobody has yet; `null`: there is an organization already. */
export async function setUpUnattended(
  context: OrganizationContext,
  owner: { email: string; password: string },
): Promise<Founded | null> {
  if (!(await isSetupNeeded(context))) return null
  try {
    return await setUp(context, accessUnattendedSetup(), {
      ...owner,
      organizationName: owner.email.split('@')[1] ?? owner.email,
      ownerName: owner.email.split('@')[0] ?? owner.email,
      locale: 'en',
      sampleData: false,
    })
  } catch (error) {
    // Another process of the same first start was faster.
    if (error instanceof Failure && error.code === 'setup.done') return null
    if (error instanceof Failure && error.code === 'password.common')
      throw new ConfigError(['OWNER_PASSWORD is one that others try first: choose a longer one.'])
    throw error
  }
}

const setupLock = 7_310_424
