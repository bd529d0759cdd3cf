import { type CheckOptions, type Facts, joinKey } from '../facts.ts'
import type { FinalEvent, ShownEntry, ShownEvent, StoredEvent, View } from '../history.ts'

type Latencies = { afterWriting: number[]; afterOk: number[] }

/** What was sent to clients while it happened. Answers how long each message took to be shown to the others. */
export function checkShown(facts: Facts, options: CheckOptions): Latencies {
  const { events, joins, stored, report } = facts
  const at = new Map<string, number>()
  const first = new Map<string, number>()
  const marks = new Map<string, { n: number; marks: ShownEvent['marks'] }>()
  for (const event of events) {
    if (event.op !== 'shown') continue
    const join = joins.get(joinKey(event.to, event.conv))
    if (!join || join.view !== event.view) {
      report('visibility', `${event.to} was sent ${event.conv} as ${event.view} without a right to it`)
      continue
    }
    const conversation = stored.get(event.conv)
    if (conversation) checkEntries(facts, event, conversation, event.entries)
    if (!event.applied) continue
    const key = joinKey(event.to, event.conv)
    const before = at.get(key) ?? 0
    if (event.n < before)
      report('order', `${event.to} went back from ${before} to ${event.n} in ${event.conv}`)
    at.set(key, event.n)
    checkMarks(facts, marks, event)
    for (const { id } of event.entries) {
      const shown = `${key} ${id}`
      if (!first.has(shown)) first.set(shown, event.t)
    }
  }
  return checkLatencies(facts, first, options)
}

function checkMarks(
  { report }: Facts,
  known: Map<string, { n: number; marks: ShownEvent['marks'] }>,
  event: ShownEvent,
): void {
  const key = joinKey(event.to, event.conv)
  const before = known.get(key)
  if (before && event.n > before.n && event.marks.some((mark, index) => mark < (before.marks[index] ?? 0)))
    report('status', `${event.to} saw a watermark of ${event.conv} go back at ${event.n}`)
  if (!before || event.n >= before.n) known.set(key, { n: event.n, marks: event.marks })
}

function checkLatencies(facts: Facts, first: ReadonlyMap<string, number>, options: CheckOptions): Latencies {
  const { sends, joins, report } = facts
  const readers = new Map<string, { who: string; since: number }[]>()
  for (const { who, conv, t } of joins.values())
    readers.set(conv, [...(readers.get(conv) ?? []), { who, since: t }])
  const latencies: Latencies = { afterWriting: [], afterOk: [] }
  for (const send of sends.values()) {
    if (send.okAt === null) continue
    for (const { who, since } of readers.get(send.conv) ?? []) {
      const shownAt = first.get(`${joinKey(who, send.conv)} ${send.id}`)
      if (who === send.by || shownAt === undefined || since > send.okAt) continue
      // A socket is often told before the sender's own answer is there.
      latencies.afterOk.push(Math.max(0, shownAt - send.okAt))
      latencies.afterWriting.push(shownAt - send.invokedAt)
      const due = dueAfter(facts, send.okAt, shownAt)
      if (shownAt - due > options.staleMs)
        report('stale', `${who} was shown ${send.id} ${Math.round(shownAt - due)} ms late`)
    }
  }
  return latencies
}

/** From when on the time counts: the acknowledgement, or the end of the last fault between it and the showing. */
function dueAfter({ windows }: Facts, okAt: number, shownAt: number): number {
  let due = okAt
  for (const { begin, end } of windows) {
    if (begin <= shownAt && end >= okAt) due = Math.max(due, Math.min(end, shownAt))
  }
  return due
}

/** What clients have when all is quiet: everything they may see, once, in order. */
export function checkFinals(facts: Facts): void {
  for (const event of facts.events) {
    if (event.op !== 'final') continue
    const conversation = facts.stored.get(event.conv)
    if (!conversation) {
      facts.report('phantom', `${event.to} has ${event.conv}, which is not stored`)
      continue
    }
    checkFinal(facts, event, conversation)
  }
}

function checkFinal(facts: Facts, event: FinalEvent, conversation: StoredEvent): void {
  const { report, sends } = facts
  const where = `${event.source} of ${event.to}`
  checkEntries(facts, event, conversation, event.entries)
  const head = event.view === 'operator' ? conversation.seq : conversation.publicSeq
  if (event.n !== head) report('gap', `${where}: ${event.conv} stands at ${event.n} of ${head}`)
  const ids = new Set<string>()
  let last = 0
  for (const { id, seq } of event.entries) {
    if (ids.has(id)) report('double', `${where}: ${id} is there twice`)
    if (seq <= last) report('order', `${where}: ${seq} comes after ${last} in ${event.conv}`)
    ids.add(id)
    last = seq
  }
  const from = event.whole ? 0 : (event.entries[0]?.seq ?? 0)
  for (const entry of conversation.entries) {
    const number = event.view === 'operator' ? entry.seq : entry.publicSeq
    if (number === null || number < from || ids.has(entry.id)) continue
    const isAcknowledged = (sends.get(entry.id)?.okAt ?? null) !== null
    report(isAcknowledged ? 'lost' : 'gap', `${where}: ${entry.id} (${number}) of ${event.conv} is missing`)
  }
}

/** Every entry that reached somebody is stored, under the same number, and theirs to see. */
function checkEntries(
  { entries, report }: Facts,
  event: { to: string; view: View; conv: string },
  conversation: StoredEvent,
  shown: readonly ShownEntry[],
): void {
  for (const { id, seq } of shown) {
    const entry = entries.get(id)
    if (!entry || entry.conv !== conversation.conv) {
      report('phantom', `${event.to} has ${id} in ${event.conv}, which is not stored there`)
      continue
    }
    const number = event.view === 'operator' ? entry.seq : entry.publicSeq
    if (number === null) report('visibility', `${event.to} got ${id}, which is not for contacts`)
    else if (number !== seq) report('order', `${event.to} has ${id} as ${seq}, stored as ${number}`)
  }
}
