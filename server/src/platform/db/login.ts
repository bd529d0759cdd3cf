import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import pg from 'pg'
import { hmac } from '../crypto.ts'

/** Under which login the server works. `own`: one that cannot become the owner. */
export type Login = { url: string; own: boolean; reason: Error | null }

/**
 * Sees to it that the server has a login of its own and gives its address: a role that may be `foyer_app` and nobody else.
 * Name and password derive from the installation's secret, so that every process comes to the same. Where the owner may
 * make no role, or the database lets it not in, the owner's own login is given, as which the server works as `foyer_app`
 * all the same.
 */
export async function openLogin(ownerUrl: string): Promise<Login> {
  try {
    const login = await makeLogin(ownerUrl)
    const url = withLogin(ownerUrl, login)
    try {
      await tryLogin(url)
    } catch (error) {
      if (!isWrongPassword(error)) throw error
      // The role is older than its secret: a copy of the database, or somebody changed it.
      await withClient(ownerUrl, (owner) =>
        owner.query(`alter role ${login.role} password ${verifierOf(login)}`),
      )
      await tryLogin(url)
    }
    return { url, own: true, reason: null }
  } catch (error) {
    return { url: ownerUrl, own: false, reason: error as Error }
  }
}

type RoleLogin = { role: string; password: string }

async function makeLogin(ownerUrl: string): Promise<RoleLogin> {
  return withClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ secret: Buffer }>('select secret from installation')
    const secret = rows[0]?.secret
    if (!secret) throw new Error('The table "installation" is empty.')
    const login = {
      role: `foyer_login_${hmac(secret, 'database login name').toString('hex').slice(0, 12)}`,
      password: hmac(secret, 'database login password').toString('base64url'),
    }
    const known = await owner.query('select from pg_roles where rolname = $1', [login.role])
    if (known.rowCount === 0) {
      await owner
        .query(`create role ${login.role} login noinherit password ${verifierOf(login)}`)
        .catch(unlessMadeMeanwhile)
    }
    const member = await owner.query(
      `select from pg_auth_members m where m.member = $1::regrole and m.roleid = 'foyer_app'::regrole`,
      [login.role],
    )
    if (member.rowCount === 0) {
      await owner.query(`grant foyer_app to ${login.role}`).catch(unlessMadeMeanwhile)
      // So that the owner, to whom the database belongs, may end what the server has open.
      await owner.query(`grant ${login.role} to current_user`).catch(unlessMadeMeanwhile)
    }
    return login
  })
}

/** Another process that starts makes the same role at the same moment. */
function unlessMadeMeanwhile(error: { code?: string }): void {
  if (!['42710', '23505', 'XX000'].includes(error.code ?? '')) throw error
}

/** @throws Error where it is not let in, or could become more than `foyer_app` */
async function tryLogin(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('set role foyer_app')
    const { rows } = await client.query<{ owner: boolean }>(
      `select pg_has_role(session_user, d.datdba, 'member') as owner from pg_database d where d.datname = current_database()`,
    )
    if (rows[0]?.owner !== false) throw new Error('The login of the server could become the owner.')
  })
}

function isWrongPassword(error: unknown): boolean {
  return ['28P01', '28000'].includes((error as { code?: string }).code ?? '')
}

/** A connection string with another login. One without a host, which leads to a socket, is read like one with. */
function withLogin(url: string, { role, password }: RoleLogin): string {
  const address = new URL(url.replace(/@\//, '@localhost/'))
  address.username = role
  address.password = password
  for (const name of ['user', 'password']) address.searchParams.delete(name)
  return address.href
}

/** What PostgreSQL keeps of a password (RFC 5803), so that the password itself is in no log of its statements. */
function verifierOf({ role, password }: RoleLogin): string {
  const iterations = 4096
  const salt = createHash('sha256').update(`${role}:${password}`).digest().subarray(0, 16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  const server = keyed('Server Key').toString('base64')
  return pg.escapeLiteral(`SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`)
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
