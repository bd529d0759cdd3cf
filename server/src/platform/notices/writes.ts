import type { NoticeKind } from '@foyer/contract/installation.ts'
import type { Notices, NoticeText } from './notices.ts'

type WriteTrouble = Extract<NoticeKind, 'database_full' | 'database_read_only' | 'database_stuck'>

const texts: Readonly<Record<WriteTrouble, NoticeText>> = {
  database_full: {
    kind: 'database_full',
    level: 'error',
    begins:
      'The disk of the database is full: nothing can be written. Free some space; it goes on by itself then.',
    ends: 'The disk of the database has room again.',
  },
  database_read_only: {
    kind: 'database_read_only',
    level: 'error',
    begins:
      'The database only reads: nothing can be written. Its disk is mounted read-only, or DATABASE_URL leads to a standby.',
    ends: 'The database takes what is written again.',
  },
  database_stuck: {
    kind: 'database_stuck',
    level: 'error',
    begins:
      'The disk of the database does not answer or reports errors: nothing can be written. Look for a disk or a network drive that hangs.',
    ends: 'The disk of the database answers again.',
  },
}

/** What an error of the database says of its disk; null: nothing. */
export function troubleOf(error: unknown): WriteTrouble | null {
  const { code, message = '' } = (error ?? {}) as { code?: string; message?: string }
  if (code === '53100' || /no space left on device|disk quota exceeded/i.test(message)) return 'database_full'
  if (code === '25006' || /read-only file system/i.test(message)) return 'database_read_only'
  return code === '58030' ? 'database_stuck' : null
}

/** Whether the database takes what is written, as this process has last seen it. */
export type Writes = {
  /** What is wrong; null: as far as is known, nothing. */
  trouble(): WriteTrouble | null
  /** Looks what an error says of it. */
  failed(error: unknown): void
  /** Watches something that writes regularly: what does not come back in time is stuck. */
  watch<T>(writing: Promise<T>): Promise<T>
  stop(): void
}

/** A write that takes longer than this will not come back by itself. */
const stuckMs = 10_000
/** How often is looked whether it is over. */
const probeMs = 2_000

/**
 * Remembers that writing fails until it works again, which is tried with a write of its own: where nobody is sent any
 * more, nobody else would.
 */
export function createWrites(options: {
  notices: Notices
  /** Writes something that takes room, and takes it back. */
  probe: () => Promise<unknown>
}): Writes {
  const { notices, probe } = options
  let trouble: WriteTrouble | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  function begin(next: WriteTrouble): void {
    if (trouble === next || stopped) return
    const before = trouble
    trouble = next
    notices.say(texts[next])
    if (before) notices.over(texts[before])
    else schedule()
  }

  function schedule(): void {
    timer = setTimeout(() => void look(), probeMs)
  }

  async function look(): Promise<void> {
    try {
      await watch(probe())
      if (trouble) notices.over(texts[trouble])
      trouble = null
    } catch (error) {
      failed(error)
      if (!stopped) schedule()
    }
  }

  function failed(error: unknown): void {
    const found = troubleOf(error) ?? troubleOf((error as { cause?: unknown } | null)?.cause)
    if (found) begin(found)
  }

  async function watch<T>(writing: Promise<T>): Promise<T> {
    const late = setTimeout(() => begin('database_stuck'), stuckMs)
    try {
      return await writing
    } finally {
      clearTimeout(late)
    }
  }

  return {
    trouble: () => trouble,
    failed,
    watch,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
