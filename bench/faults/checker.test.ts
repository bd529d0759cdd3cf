import { describe, expect, test } from 'vitest'
import { check } from './checker.ts'
import type { CheckName } from './facts.ts'
import type { FinalEvent, HistoryEvent, ShownEvent, StoredEntry, StoredEvent } from './history.ts'

const contact = 'contact:anna'
const operator = 'operator:olga'
const conv = 'one'

function entry(id: string, seq: number, more: Partial<StoredEntry> = {}): StoredEntry {
  return {
    id,
    seq,
    publicSeq: seq,
    kind: 'message',
    by: contact,
    text: id,
    event: null,
    operatorId: null,
    ...more,
  }
}

function stored(entries: StoredEntry[], more: Partial<StoredEvent> = {}): StoredEvent {
  const seq = Math.max(0, ...entries.map((each) => each.seq))
  return { op: 'stored', conv, seq, publicSeq: seq, assignee: null, entries, ...more }
}

function sent(id: string, t: number, n: number): HistoryEvent[] {
  return [
    { op: 'send', phase: 'invoke', t, by: contact, conv, id, text: id },
    { op: 'send', phase: 'ok', t: t + 5, by: contact, conv, id, n, view: 'contact' },
  ]
}

function shown(t: number, entries: [string, number][], more: Partial<ShownEvent> = {}): ShownEvent {
  const n = entries.at(-1)?.[1] ?? 0
  return {
    op: 'shown',
    t,
    to: operator,
    view: 'operator',
    conv,
    prev: n - entries.length,
    n,
    snapshot: false,
    applied: true,
    marks: [0, 0, 0],
    entries: entries.map(([id, seq]) => ({ id, seq })),
    ...more,
  }
}

function held(entries: [string, number][], more: Partial<FinalEvent> = {}): FinalEvent {
  return {
    op: 'final',
    source: 'held',
    to: operator,
    view: 'operator',
    conv,
    n: entries.at(-1)?.[1] ?? 0,
    whole: true,
    entries: entries.map(([id, seq]) => ({ id, seq })),
    ...more,
  }
}

const joined: HistoryEvent[] = [
  { op: 'join', t: 0, who: contact, view: 'contact', conv },
  { op: 'join', t: 0, who: operator, view: 'operator', conv },
]

/** Two messages that went well. */
const good: HistoryEvent[] = [
  ...joined,
  ...sent('a', 10, 1),
  shown(20, [['a', 1]]),
  ...sent('b', 30, 2),
  shown(40, [['b', 2]]),
]
const bothHeld = held([
  ['a', 1],
  ['b', 2],
])

function found(...events: (HistoryEvent | HistoryEvent[])[]): CheckName[] {
  const { violations } = check(events.flat(), { staleMs: 1_000 })
  return [...new Set(violations.map((violation) => violation.check))].sort()
}

test('a good history has no violation, and its figures', () => {
  const verdict = check([...good, stored([entry('a', 1), entry('b', 2)]), bothHeld], { staleMs: 1_000 })

  expect(verdict.violations).toEqual([])
  expect(verdict.counts).toMatchObject({ sent: 2, acknowledged: 2, refused: 0, shown: 2 })
  expect(verdict.shown).toEqual({ count: 2, p50: 5, p95: 5, p99: 5, max: 5 })
})

describe('lost', () => {
  test('when acknowledged and not stored', () => {
    expect(found(good, stored([entry('a', 1)]), held([['a', 1]]))).toContain('lost')
  })
  test('when acknowledged, stored and not held', () => {
    expect(found(good, stored([entry('a', 1), entry('b', 2)]), held([['a', 1]], { n: 2 }))).toEqual(['lost'])
  })
  test('not when it lies before the first entry held', () => {
    expect(found(good, stored([entry('a', 1), entry('b', 2)]), held([['b', 2]], { whole: false }))).toEqual(
      [],
    )
  })
  test('when an acknowledged assignment is not stored', () => {
    const assigned = { op: 'assign', t: 1, conv, id: 'x', from: null, to: 'olga' } as const
    expect(found(joined, { ...assigned, phase: 'invoke' }, { ...assigned, phase: 'ok' }, stored([]))).toEqual(
      ['lost'],
    )
  })
})

describe('phantom', () => {
  const refused: HistoryEvent[] = [
    ...joined,
    { op: 'send', phase: 'invoke', t: 1, by: contact, conv, id: 'a', text: 'a' },
    { op: 'send', phase: 'fail', t: 2, by: contact, conv, id: 'a', code: 'conversation.ended' },
  ]
  test('when stored and never sent', () => {
    expect(found(good, stored([entry('a', 1), entry('b', 2), entry('c', 3)]))).toEqual(['phantom'])
  })
  test('when stored and refused', () => {
    expect(found(refused, stored([entry('a', 1)]))).toEqual(['phantom'])
  })
  test('not when an attempt before the refusal went unanswered', () => {
    const unknown: HistoryEvent = { op: 'send', phase: 'info', t: 1.5, by: contact, conv, id: 'a' }
    expect(found(refused, unknown, stored([entry('a', 1)]))).toEqual([])
  })
  test('when shown and not stored', () => {
    expect(found(good, shown(50, [['c', 3]]), stored([entry('a', 1), entry('b', 2)]))).toEqual(['phantom'])
  })
})

describe('double', () => {
  test('when one id is stored twice', () => {
    expect(found(good, stored([entry('a', 1), entry('b', 2), entry('b', 3)]))).toContain('double')
  })
  test('when one text is stored under two ids', () => {
    const twice = stored([entry('a', 1), entry('b', 2), entry('c', 3, { text: 'b' })])
    expect(found(good, sent('c', 50, 3), twice)).toContain('double')
  })
  test('when acknowledged under two numbers', () => {
    const again: HistoryEvent = {
      op: 'send',
      phase: 'ok',
      t: 50,
      by: contact,
      conv,
      id: 'a',
      n: 3,
      view: 'contact',
    }
    expect(found(good, again, stored([entry('a', 1), entry('b', 2)]))).toEqual(['double'])
  })
  test('when a client holds it twice', () => {
    const twice = held([
      ['a', 1],
      ['b', 2],
      ['b', 2],
    ])
    expect(found(good, stored([entry('a', 1), entry('b', 2)]), twice)).toContain('double')
  })
})

describe('order', () => {
  test('when a sender is turned round', () => {
    const turned = stored([entry('b', 1), entry('a', 2)])
    expect(found(joined, sent('a', 10, 2), sent('b', 30, 1), turned)).toEqual(['order'])
  })
  test('when a number is missing and no watermark moved', () => {
    const holed = [joined, sent('a', 10, 1), sent('b', 30, 3), stored([entry('a', 1), entry('b', 3)])]
    expect(found(...holed)).toEqual(['order'])
    expect(found(...holed, { op: 'mark', t: 20, conv })).toEqual([])
  })
  test('when two readers have it under different numbers', () => {
    const wrong = shown(50, [['b', 7]])
    expect(found(good, wrong, stored([entry('a', 1), entry('b', 2)]))).toContain('order')
  })
  test('when a client goes back', () => {
    expect(found(good, shown(50, [['a', 1]]), stored([entry('a', 1), entry('b', 2)]))).toEqual(['order'])
  })
})

test('gap: a client that stays behind when all is quiet', () => {
  const behind = held([['a', 1]])
  expect(found(good, stored([entry('a', 1), entry('b', 2)]), behind)).toContain('gap')
})

test('unsettled: what was neither acknowledged nor refused', () => {
  const asked: HistoryEvent[] = [
    { op: 'send', phase: 'invoke', t: 1, by: contact, conv, id: 'a', text: 'a' },
    { op: 'send', phase: 'info', t: 2, by: contact, conv, id: 'a' },
  ]
  expect(found(joined, asked, stored([]))).toEqual(['unsettled'])
})

describe('stale', () => {
  const late = [joined, sent('a', 10, 1), shown(9_000, [['a', 1]]), stored([entry('a', 1)])]

  test('when shown long after the acknowledgement', () => {
    expect(found(...late)).toEqual(['stale'])
  })
  test('not when a fault lay between, and it came soon after', () => {
    const fault: HistoryEvent[] = [
      { op: 'fault', phase: 'begin', t: 12, what: 'cut' },
      { op: 'fault', phase: 'end', t: 8_500, what: 'cut' },
    ]
    expect(found(...late, fault)).toEqual([])
  })
})

describe('visibility', () => {
  test('when a stranger is sent a conversation', () => {
    const stranger = shown(50, [['a', 1]], { to: 'contact:eve', view: 'contact' })
    expect(found(good, stranger, stored([entry('a', 1), entry('b', 2)]))).toEqual(['visibility'])
  })
  test('when a contact is sent what is internal', () => {
    const internal = stored(
      [entry('a', 1), entry('b', 2), entry('c', 3, { publicSeq: null, kind: 'event' })],
      {
        publicSeq: 2,
      },
    )
    expect(found(good, shown(50, [['c', 3]], { to: contact, view: 'contact' }), internal)).toEqual([
      'visibility',
    ])
  })
})

describe('owner', () => {
  const taken = (id: string, seq: number, operatorId: string) =>
    entry(id, seq, { kind: 'event', event: 'assigned', operatorId })
  const asked = (id: string, to: string): HistoryEvent => ({
    op: 'assign',
    phase: 'invoke',
    t: 1,
    conv,
    id,
    from: null,
    to,
  })

  test('when two took it from nobody', () => {
    const both = stored([taken('x', 1, 'olga'), taken('y', 2, 'ivan')], { assignee: 'ivan' })
    expect(found(joined, asked('x', 'olga'), asked('y', 'ivan'), both)).toEqual(['owner'])
  })
  test('when somebody wrote who was not the owner', () => {
    const wrote: HistoryEvent[] = [
      { op: 'send', phase: 'invoke', t: 2, by: operator, conv, id: 'a', text: 'a' },
      { op: 'send', phase: 'ok', t: 3, by: operator, conv, id: 'a', n: 2 },
    ]
    const log = stored([taken('x', 1, 'ivan'), entry('a', 2, { by: operator })], { assignee: 'ivan' })
    expect(found(joined, asked('x', 'ivan'), wrote, log)).toEqual(['owner'])
  })
})

test('status: a watermark that goes back', () => {
  const events = [
    joined,
    sent('a', 10, 1),
    shown(20, [['a', 1]], { marks: [1, 1, 0] }),
    shown(30, [], { n: 2, marks: [1, 0, 0] }),
    { op: 'mark', t: 25, conv } as const,
    stored([entry('a', 1)], { seq: 2, publicSeq: 2 }),
  ]
  expect(found(...events)).toEqual(['status'])
})
