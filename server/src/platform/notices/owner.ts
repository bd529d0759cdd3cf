import type { NoticeText } from './notices.ts'

/** Where the server has no login of its own: what it works under could become the owner, past row-level security. */
export const worksAsOwner: NoticeText = {
  kind: 'database_owner',
  level: 'warn',
  begins:
    'The server logs in to the database as its owner, because it could not make a login of its own. It works all the same; README says under "A PostgreSQL of your own" what the role of DATABASE_URL needs.',
  ends: 'The server has a login of its own.',
}
