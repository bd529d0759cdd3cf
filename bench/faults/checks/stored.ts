import { assigned } from '@foyer/contract/entries/assigned.ts'
import { resumed } from '@foyer/contract/entries/resumed.ts'
import { unassigned } from '@foyer/contract/entries/unassigned.ts'
import type { Facts } from '../facts.ts'
import type { StoredEntry, StoredEvent } from '../history.ts'

/** What the database holds: each thing once, in one order without holes, nothing that nobody sent. */
export function checkStored(facts: Facts): void {
  const { sends, stored, report } = facts
  const seen = new Set<string>()
  const texts = new Map<string, string>()
  for (const { conv, entries } of stored.values()) {
    for (const entry of entries) {
      if (seen.has(entry.id)) report('double', `${entry.id} is stored twice`)
      seen.add(entry.id)
      if (entry.kind !== 'message') continue
      if (!sends.has(entry.id)) report('phantom', `${entry.id} in ${conv} is stored and nobody sent it`)
      // Every message of a run has a text of its own.
      const twin = texts.get(entry.text)
      if (twin !== undefined && twin !== entry.id)
        report('double', `"${entry.text.slice(0, 40)}" is stored as ${twin} and as ${entry.id}`)
      texts.set(entry.text, entry.id)
    }
  }
  for (const conversation of stored.values()) checkNumbers(facts, conversation)
  checkSenders(facts)
}

function checkNumbers({ events, report }: Facts, { conv, seq, publicSeq, entries }: StoredEvent): void {
  const sorted = [...entries].sort((a, b) => a.seq - b.seq)
  let last = 0
  let lastPublic = 0
  for (const entry of sorted) {
    if (entry.seq <= last) report('order', `${conv} has number ${entry.seq} twice`)
    if (entry.publicSeq !== null && entry.publicSeq <= lastPublic)
      report('order', `${conv}: public number ${entry.publicSeq} comes after ${lastPublic}`)
    last = entry.seq
    lastPublic = entry.publicSeq ?? lastPublic
  }
  if (last > seq || lastPublic > publicSeq)
    report('order', `${conv} has an entry ${last}/${lastPublic} beyond its head ${seq}/${publicSeq}`)
  const marks = events.filter((event) => event.op === 'mark' && event.conv === conv).length
  const holes = seq - sorted.length
  if (holes > marks)
    report('order', `${conv} counts to ${seq} with ${sorted.length} entries and ${marks} marks`)
}

/** What one person wrote as a, b, c is stored as a, b, c. */
function checkSenders({ sends, entries, report }: Facts): void {
  const last = new Map<string, { seq: number; id: string }>()
  for (const send of sends.values()) {
    const entry = entries.get(send.id)
    if (!entry) continue
    const key = `${send.by} ${send.conv}`
    const before = last.get(key)
    if (before && entry.seq < before.seq)
      report(
        'order',
        `${send.by} wrote ${before.id} before ${send.id}, stored as ${before.seq} and ${entry.seq}`,
      )
    last.set(key, { seq: entry.seq, id: send.id })
  }
}

/** One owner at a time: each change starts from the owner before it, and only the owner writes. */
export function checkOwners({ events, stored, report }: Facts): void {
  const from = new Map<string, string | null>()
  for (const event of events) {
    if (event.op === 'assign' && event.phase === 'invoke') from.set(event.id, event.from)
  }
  const isStored = new Set<string>()
  for (const { conv, assignee, entries } of stored.values()) {
    let owner: string | null = null
    for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
      isStored.add(entry.id)
      const seen = from.get(entry.id)
      if (seen !== undefined && seen !== owner)
        report('owner', `${conv} at ${entry.seq}: taken from ${seen}, but ${owner} had it`)
      owner = ownerAfter(entry, owner)
      if (entry.kind === 'message' && entry.by?.startsWith('operator:') && entry.by !== `operator:${owner}`)
        report('owner', `${conv} at ${entry.seq}: ${entry.by} wrote, but ${owner} had it`)
    }
    if (owner !== assignee) report('owner', `${conv} belongs to ${assignee}, but its log says ${owner}`)
  }
  for (const event of events) {
    if (event.op === 'assign' && event.phase === 'ok' && !isStored.has(event.id))
      report('lost', `assignment ${event.id} was acknowledged and is not stored`)
  }
}

/** Whose a conversation is after an entry of a kind that says so. */
const owners = new Map<string, (entry: StoredEntry) => string | null>([
  [assigned.event, ({ operatorId }) => operatorId],
  [resumed.event, ({ operatorId }) => operatorId],
  [unassigned.event, () => null],
])

function ownerAfter(entry: StoredEntry, owner: string | null): string | null {
  const says = owners.get(entry.event ?? '')
  return says ? says(entry) : owner
}
