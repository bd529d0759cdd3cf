import type { OutboxItem } from '@foyer/client/outbox.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { describe, expect, test } from 'vitest'
import { buildTimeline, type Day, progressOf } from './timeline.ts'

const head = { deliveredToContact: 0, readByContact: 0 }
const noon = new Date(2026, 10, 20, 12).getTime()
const minutes = (count: number) => noon + count * 60_000

function message(seq: number, at: number, actor: Entry['actor']): Entry {
  return {
    id: `m${seq}`,
    seq,
    changedSeq: seq,
    publicSeq: seq,
    at: new Date(at).toISOString(),
    actor,
    kind: 'message',
    session: null,
    text: 'Hello',
    body: null,
  }
}
function event(seq: number, at: number): Entry {
  return { ...message(seq, at, operator), kind: 'event', publicSeq: null, body: { v: 1, event: 'opened' } }
}
function waiting(id: string, at: number, change: Partial<OutboxItem>): OutboxItem {
  return { id, conversationId: 'c', text: 'Hi', at, state: 'sending', ...change }
}
const contact: Entry['actor'] = { kind: 'contact', id: 'ann' }
const operator: Entry['actor'] = { kind: 'operator', id: 'me' }

function timeline(entries: Entry[], more: { outbox?: OutboxItem[]; readUpTo?: number }): Day[] {
  return buildTimeline({
    entries,
    outbox: more.outbox ?? [],
    head,
    meId: 'me',
    readUpTo: more.readUpTo ?? null,
  })
}
const shape = (days: Day[]) =>
  days.map((day) =>
    day.blocks.map((block) =>
      block.kind === 'messages' ? `${block.side}:${block.messages.length}` : block.kind,
    ),
  )

describe('buildTimeline', () => {
  test('lays out what it does not know by what stands there: as a message its text, else as what happened', () => {
    const unknown = { v: 1, event: 'teleported' }
    const said = { ...message(1, minutes(0), contact), body: unknown }
    const silent = { ...said, id: 'm2', seq: 2, text: '' }
    const noted = { ...silent, id: 'm3', seq: 3, kind: 'note' }
    expect(shape(timeline([said, silent, noted], {}))).toEqual([['contact:1', 'events']])
    const note = { ...noted, body: { v: 1, event: 'note' } }
    expect(shape(timeline([note, { ...note, body: { v: 1, event: 'note_deleted' } }], {}))).toEqual([
      ['own', 'own'],
    ])
  })

  test('groups what one author writes within three minutes', () => {
    const days = timeline(
      [
        message(1, minutes(0), contact),
        message(2, minutes(2), contact),
        message(3, minutes(4.5), contact),
        message(4, minutes(8), contact),
        message(5, minutes(8.5), operator),
      ],
      {},
    )
    expect(shape(days)).toEqual([['contact:3', 'contact:1', 'operator:1']])
  })

  test('starts a new day at local midnight', () => {
    const lateEvening = new Date(2026, 10, 20, 23, 59).getTime()
    const days = timeline([message(1, lateEvening, contact), message(2, lateEvening + 120_000, contact)], {})
    expect(days.map((day) => day.key)).toEqual(['2026-11-20', '2026-11-21'])
  })

  test('collects events that follow each other, and they part groups', () => {
    const days = timeline(
      [
        message(1, minutes(0), contact),
        event(2, minutes(0)),
        event(3, minutes(1)),
        message(4, minutes(1), contact),
      ],
      {},
    )
    expect(shape(days)).toEqual([['contact:1', 'events', 'contact:1']])
  })

  test('puts the line before the first message of the contact that was not read', () => {
    const entries = [
      message(1, minutes(0), contact),
      message(2, minutes(1), operator),
      message(3, minutes(2), contact),
    ]
    expect(shape(timeline(entries, { readUpTo: 1 }))).toEqual([
      ['contact:1', 'operator:1', 'new', 'contact:1'],
    ])
    expect(shape(timeline(entries, { readUpTo: 3 }))).toEqual([['contact:1', 'operator:1', 'contact:1']])
  })

  test('a message that has arrived is not shown a second time from the outbox', () => {
    const days = timeline([message(1, minutes(0), operator)], {
      outbox: [
        waiting('m1', minutes(0), {}),
        waiting('m2', minutes(1), { state: 'failed', error: 'conversation.ended' }),
      ],
    })
    expect(shape(days)).toEqual([['operator:2']])
    const block = days[0]?.blocks[0]
    expect(block?.kind === 'messages' && block.messages.map((each) => each.progress)).toEqual([
      'sent',
      'failed',
    ])
  })

  test('messages behind one that waits for the connection wait too', () => {
    const days = timeline([], {
      outbox: [waiting('m1', minutes(0), { error: 'network' }), waiting('m2', minutes(1), {})],
    })
    const block = days[0]?.blocks[0]
    expect(block?.kind === 'messages' && block.messages.map((each) => each.progress)).toEqual([
      'waiting',
      'waiting',
    ])
  })

  test('a message written on a clock that runs behind stays at the end', () => {
    const days = timeline([message(1, minutes(0), contact)], { outbox: [waiting('m2', minutes(-3000), {})] })
    expect(shape(days)).toEqual([['contact:1', 'operator:1']])
  })
})

describe('progressOf', () => {
  test('goes by the watermarks in the contact’s numbering', () => {
    const marks = { deliveredToContact: 3, readByContact: 2 }
    expect(progressOf({ publicSeq: 2 }, marks)).toBe('read')
    expect(progressOf({ publicSeq: 3 }, marks)).toBe('delivered')
    expect(progressOf({ publicSeq: 4 }, marks)).toBe('sent')
  })
})
