import type { Notice, NoticeKind } from '@foyer/contract/installation.ts'
import type { Log } from '../log.ts'

/** Something that is wrong with the installation, as the log tells it: once when it begins, and when it is over. */
export type NoticeText = { kind: NoticeKind; level: 'warn' | 'error'; begins: string; ends: string }

/** What this process has found wrong with the installation. */
export type Notices = {
  /** Says it, if it was not said already. */
  say(text: NoticeText): void
  /** Says that it is over, if it was said. */
  over(text: NoticeText): void
  /** What is wrong now, in the order in which it was found. */
  list(): Notice[]
}

export function createNotices(log: Log): Notices {
  const said = new Map<NoticeKind, Notice>()
  return {
    say({ kind, level, begins }) {
      if (said.has(kind)) return
      said.set(kind, { kind, since: new Date().toISOString() })
      log[level](begins)
    },
    over({ kind, ends }) {
      if (said.delete(kind)) log.info(ends)
    },
    list: () => [...said.values()],
  }
}
