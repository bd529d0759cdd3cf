import { sha256 } from '../../platform/crypto.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'

export type AccountLink = {
  organization_id: string
  operator_id: string
  kind: 'password' | 'address' | 'undo'
  address: string | null
  organization_name: string
  name: string
  email: string
}

/** What a link leads to. Wrong, used and expired ones, and those of another kind, are answered alike. @throws Failure link.invalid */
export async function findAccountLink(
  { database }: { database: Database },
  token: string,
  kinds: readonly AccountLink['kind'][],
): Promise<AccountLink> {
  const [row] = await database.run<AccountLink>({
    name: 'account_of_link',
    text: 'select * from account_of_link($1)',
    values: [sha256(token)],
  })
  if (!row || !kinds.includes(row.kind)) throw new Failure('link.invalid')
  return row
}

/** The organization whose log-in page it is; `null`: there is none yet, or there are several. */
export async function readFrontName({ database }: { database: Database }): Promise<string | null> {
  const [row] = await database.run<{ name: string | null }>({
    name: 'front_organization',
    text: 'select front_organization() as name',
  })
  return row?.name ?? null
}

export type Forgetful = {
  organization_id: string
  operator_id: string
  name: string
  email: string
  locale: 'en' | 'fr' | 'de'
}

/** Who logs in with an address, if anybody does. */
export async function findByAddress(
  { database }: { database: Database },
  address: string,
): Promise<Forgetful | undefined> {
  const [row] = await database.run<Forgetful>({
    name: 'account_of_address',
    text: 'select * from account_of_address($1)',
    values: [address],
  })
  return row
}
