import { z } from 'zod'
import { route } from './route.ts'
import { moment, nothing } from './scalars.ts'

/** What can be wrong with an installation, that only who runs it can mend. */
export const noticeKind = z.enum([
  /** Requests come through a proxy of which the settings know nothing: all people have one address. */
  'proxy_undeclared',
  /** The server logs in to the database as its owner, whose rights it could take. */
  'database_owner',
  /** The database refuses what is written: its disk is full, it only reads, or it does not come back from its disk. */
  'database_full',
  'database_read_only',
  'database_stuck',
  /** What looks through files for malware does not answer: no files are taken. */
  'scanner_away',
])
export type NoticeKind = z.infer<typeof noticeKind>

export const notice = z.strictObject({ kind: noticeKind, since: moment })
export type Notice = z.infer<typeof notice>

export const listNotices = route({
  method: 'GET',
  path: '/api/v1/installation/notices',
  caller: 'operator',
  summary: 'List what is wrong with this installation',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(notice) }),
  errors: ['role.missing'],
})
