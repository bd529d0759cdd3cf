import { type Summary, summarize } from '../stage/figures.ts'
import { checkOwners, checkStored } from './checks/stored.ts'
import { checkFinals, checkShown } from './checks/views.ts'
import { type CheckOptions, type Facts, joinKey, type Send, type Violation } from './facts.ts'
import type { HistoryEvent, JoinEvent, SendEvent, StoredEntry, StoredEvent } from './history.ts'

export type Verdict = {
  violations: Violation[]
  counts: { sent: number; acknowledged: number; refused: number; unknownAnswers: number; shown: number }
  /** From writing to acknowledgement. */
  ack: Summary
  /** From writing, and from acknowledgement, to being shown to somebody else. */
  seen: Summary
  shown: Summary
}

/** Holds a history against what the product promises. Pure: the same history has the same verdict. */
export function check(events: readonly HistoryEvent[], options: CheckOptions): Verdict {
  const violations: Violation[] = []
  const facts = factsOf(events, (name, detail) => violations.push({ check: name, detail }))
  checkSends(facts)
  checkStored(facts)
  checkOwners(facts)
  const latencies = checkShown(facts, options)
  checkFinals(facts)
  const all = [...facts.sends.values()]
  return {
    violations,
    counts: {
      sent: all.length,
      acknowledged: all.filter((send) => send.okAt !== null).length,
      refused: all.filter((send) => send.okAt === null && send.fails > 0).length,
      unknownAnswers: all.reduce((sum, send) => sum + send.infos, 0),
      shown: latencies.afterOk.length,
    },
    ack: summarize(all.flatMap((send) => (send.okAt === null ? [] : [send.okAt - send.invokedAt]))),
    seen: summarize(latencies.afterWriting),
    shown: summarize(latencies.afterOk),
  }
}

function factsOf(events: readonly HistoryEvent[], report: Facts['report']): Facts {
  const sends = new Map<string, Send>()
  const stored = new Map<string, StoredEvent>()
  const entries = new Map<string, StoredEntry & { conv: string }>()
  const joins = new Map<string, JoinEvent>()
  const windows: { begin: number; end: number }[] = []
  const open = new Map<string, number>()
  for (const event of events) {
    if (event.op === 'send') addSend(sends, event, report)
    else if (event.op === 'join') {
      const key = joinKey(event.who, event.conv)
      if (!joins.has(key)) joins.set(key, event)
    } else if (event.op === 'fault' && event.phase === 'begin') open.set(event.what, event.t)
    else if (event.op === 'fault') {
      windows.push({ begin: open.get(event.what) ?? event.t, end: event.t })
      open.delete(event.what)
    } else if (event.op === 'stored') {
      stored.set(event.conv, event)
      for (const entry of event.entries) entries.set(entry.id, { ...entry, conv: event.conv })
    }
  }
  for (const begin of open.values()) windows.push({ begin, end: Number.POSITIVE_INFINITY })
  return { events, sends, stored, entries, joins, windows, report }
}

function addSend(sends: Map<string, Send>, event: SendEvent, report: Facts['report']): void {
  const known = sends.get(event.id)
  if (event.phase === 'invoke') {
    if (known) return
    const { id, by, conv, text = '', t } = event
    sends.set(id, { id, by, conv, text, invokedAt: t, okAt: null, numbers: [], infos: 0, fails: 0 })
    return
  }
  if (!known) return report('phantom', `${event.phase} of ${event.id}, which nobody sent`)
  if (event.phase === 'info') known.infos++
  else if (event.phase === 'fail') known.fails++
  else {
    known.okAt ??= event.t
    if (event.n !== undefined) known.numbers.push({ n: event.n, view: event.view ?? 'operator' })
  }
}

function checkSends({ sends, entries, report }: Facts): void {
  for (const send of sends.values()) {
    const entry = entries.get(send.id)
    if (send.okAt !== null && !entry)
      report('lost', `${send.id} by ${send.by} was acknowledged and is not stored`)
    if (send.okAt === null && send.fails === 0)
      report('unsettled', `${send.id} by ${send.by} was neither acknowledged nor refused`)
    // After an answer that never came, a refusal of the next attempt says nothing of the first.
    if (entry && send.okAt === null && send.fails > 0 && send.infos === 0)
      report('phantom', `${send.id} by ${send.by} was refused and is stored`)
    if (entry && entry.conv !== send.conv)
      report('phantom', `${send.id} was sent to ${send.conv} and is stored in ${entry.conv}`)
    if (entry && entry.text !== send.text) report('phantom', `${send.id} is stored with another text`)
    for (const { n, view } of send.numbers) {
      const real = view === 'operator' ? entry?.seq : entry?.publicSeq
      if (entry && real !== n)
        report('double', `${send.id} was acknowledged as ${n} and is stored as ${real}`)
    }
  }
}
