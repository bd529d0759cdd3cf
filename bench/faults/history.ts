import { createWriteStream } from 'node:fs'

/*
 * What happened in a run, in the order in which it was seen. Times are milliseconds of one monotonic clock.
 *
 *   invoke  someone asked for something
 *   ok      it was acknowledged
 *   fail    it was refused for good
 *   info    no answer, or one that says "try again": whether it was done is unknown
 */

export type Phase = 'invoke' | 'ok' | 'fail' | 'info'
/** In whose numbering: operators count every change, contacts those they may see. */
export type View = 'operator' | 'contact'

export type SendEvent = {
  op: 'send'
  phase: Phase
  t: number
  by: string
  conv: string
  id: string
  /** With `invoke`. */
  text?: string
  /** With `ok`: the number under which it was acknowledged, in the sender's numbering. */
  n?: number
  view?: View
  code?: string
}

export type AssignEvent = {
  op: 'assign'
  phase: Phase
  t: number
  conv: string
  id: string
  from: string | null
  to: string | null
  code?: string
}

/** Moving a watermark counts a change without an entry: as many numbers may have none. */
export type MarkEvent = { op: 'mark'; t: number; conv: string }

/** From now on `who` has the right to see a conversation and is to be shown all of it. */
export type JoinEvent = { op: 'join'; t: number; who: string; view: View; conv: string }

export type ShownEntry = { id: string; seq: number }

/** What the server sent to a client. `applied`: the client has taken it into what it shows. */
export type ShownEvent = {
  op: 'shown'
  t: number
  to: string
  view: View
  conv: string
  prev: number
  n: number
  snapshot: boolean
  applied: boolean
  /** Delivered to the contact, read by the contact, read by the operator. */
  marks: readonly [number, number, number]
  entries: readonly ShownEntry[]
}

export type FaultEvent = { op: 'fault'; phase: 'begin' | 'end'; t: number; what: string }

export type StoredEntry = {
  id: string
  seq: number
  publicSeq: number | null
  kind: string
  by: string | null
  text: string
  event: string | null
  operatorId: string | null
}

/** What the database holds when all is quiet. */
export type StoredEvent = {
  op: 'stored'
  conv: string
  seq: number
  publicSeq: number
  assignee: string | null
  entries: readonly StoredEntry[]
}

/** What a client can read of a conversation when all is quiet (`rest`), or what it shows (`held`). */
export type FinalEvent = {
  op: 'final'
  source: 'rest' | 'held'
  to: string
  view: View
  conv: string
  n: number
  /** False: entries before the first are left out. */
  whole: boolean
  entries: readonly ShownEntry[]
}

export type HistoryEvent =
  | SendEvent
  | AssignEvent
  | MarkEvent
  | JoinEvent
  | ShownEvent
  | FaultEvent
  | StoredEvent
  | FinalEvent

export type Recorder = {
  readonly events: readonly HistoryEvent[]
  record(event: HistoryEvent): void
  now(): number
  /** Writes the history out, one event to a line. */
  save(file: string): Promise<void>
}

export function createRecorder(): Recorder {
  const events: HistoryEvent[] = []
  const origin = performance.now()
  return {
    events,
    record: (event) => void events.push(event),
    now: () => Math.round((performance.now() - origin) * 10) / 10,
    async save(file) {
      const stream = createWriteStream(file)
      for (const event of events) stream.write(`${JSON.stringify(event)}\n`)
      await new Promise<void>((resolve, reject) => {
        stream.once('error', reject)
        stream.end(resolve)
      })
    },
  }
}
