import pg from 'pg'

/** Whether a server takes this login right now. */
export async function canConnect(url: string): Promise<boolean> {
  const client = connect(url)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Sees to it that the role `foyer_owner`, its database `foyer` and the extensions are there; says whether the database
 * is new. Repeats what an earlier start that was cut short did not come to.
 */
export async function ensureDatabase(given: {
  superuserUrl: string
  ownerUrl: string
  ownerPassword: string
  ownerRights: string
}): Promise<boolean> {
  const { superuserUrl, ownerUrl, ownerPassword, ownerRights } = given
  // So it is at every start but the first: one connection sees it, each of which costs both sides a password's hashing.
  if (await isComplete(ownerUrl)) return false
  const fresh = await withClient(superuserUrl, async (superuser) => {
    const { rows } = await superuser.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'foyer_owner') AS role,
              EXISTS (SELECT FROM pg_database WHERE datname = 'foyer') AS database`,
    )
    const password = pg.escapeLiteral(ownerPassword)
    if (!rows[0]?.role)
      await superuser.query(`CREATE ROLE foyer_owner LOGIN ${ownerRights} PASSWORD ${password}`)
    if (!rows[0]?.database) await superuser.query('CREATE DATABASE foyer OWNER foyer_owner')
    return !rows[0]?.database
  })
  // As the owner, for whom PostgreSQL trusts these extensions, just as in a database of one's own.
  await withClient(ownerUrl, (owner) => owner.query(extensions.map(createExtension).join(';')))
  return fresh
}

/** Whether the owner is let into the database and finds the extensions there. */
async function isComplete(ownerUrl: string): Promise<boolean> {
  try {
    return await withClient(ownerUrl, async (owner) => {
      const { rowCount } = await owner.query('SELECT FROM pg_extension WHERE extname = ANY ($1)', [
        extensions,
      ])
      return rowCount === extensions.length
    })
  } catch (error) {
    // Without the role its password is refused, without the database its name.
    if (['28P01', '3D000'].includes((error as { code?: string }).code ?? '')) return false
    throw error
  }
}

const extensions = ['pg_trgm', 'btree_gin', 'unaccent', 'citext']

function createExtension(name: string): string {
  return `CREATE EXTENSION IF NOT EXISTS ${name}`
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = connect(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function connect(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, ssl: false, connectionTimeoutMillis: 5_000 })
  // A server that dies in the midst fails the query or the connecting, which is where it is answered.
  client.on('error', () => undefined)
  return client
}
