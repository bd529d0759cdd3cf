import type { HistoryEvent, JoinEvent, StoredEntry, StoredEvent, View } from './history.ts'

export type CheckName =
  /** Acknowledged, and missing somewhere it must be. */
  | 'lost'
  /** There, though nobody asked for it or it was refused. */
  | 'phantom'
  /** Kept or shown twice, or acknowledged under two numbers. */
  | 'double'
  /** Numbers that do not count on, differ between readers, or turn a sender's order round. */
  | 'order'
  /** A client that does not have all there is, though all is quiet. */
  | 'gap'
  /** Neither acknowledged nor refused in the end. */
  | 'unsettled'
  /** Shown too late. */
  | 'stale'
  /** A watermark that went back. */
  | 'status'
  /** Two owners at once, or a message of somebody who was not the owner. */
  | 'owner'
  /** Sent to somebody without the right to it. */
  | 'visibility'
  /** A figure beyond what is promised. */
  | 'limit'
  /** A time beyond what is promised. */
  | 'slow'

export type Violation = { check: CheckName; detail: string }

export type CheckOptions = {
  /** Milliseconds within which what was acknowledged is shown, counted from the end of a fault in between. */
  staleMs: number
}

/** One message over all its attempts. */
export type Send = {
  id: string
  by: string
  conv: string
  text: string
  invokedAt: number
  okAt: number | null
  numbers: { n: number; view: View }[]
  infos: number
  fails: number
}

/** A history in the form in which it is asked. */
export type Facts = {
  events: readonly HistoryEvent[]
  sends: ReadonlyMap<string, Send>
  stored: ReadonlyMap<string, StoredEvent>
  /** Every entry that is stored; those stored twice are in `stored` twice. */
  entries: ReadonlyMap<string, StoredEntry & { conv: string }>
  joins: ReadonlyMap<string, JoinEvent>
  windows: readonly { begin: number; end: number }[]
  report(check: CheckName, detail: string): void
}

export const joinKey = (who: string, conv: string) => `${who} ${conv}`
