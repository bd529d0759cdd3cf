import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Packet } from './changes.ts'
import { apply, byAttention, digest, type Held, prepend } from './state.ts'

type Line = { id: string; seq: number; changedSeq: number; text: string }
type Top = { state: string }
const epoch = 'e1'

/** A conversation's log as a database would hold it, and the packets that its changes make. */
function replayed(changes: readonly ('add' | number)[]): {
  packets: Packet<Line, Top>[]
  lines: Line[]
  n: number
} {
  const lines: Line[] = []
  const packets: Packet<Line, Top>[] = []
  let n = 0
  for (const change of changes) {
    n++
    const known = typeof change === 'number' && lines.length > 0 ? lines[change % lines.length] : undefined
    const line = known
      ? { ...known, changedSeq: n, text: `${known.text}*` }
      : { id: `l${n}`, seq: n, changedSeq: n, text: `t${n}` }
    if (known) lines[lines.indexOf(known)] = line
    else lines.push(line)
    packets.push(packet(n - 1, n, [line]))
  }
  return { packets, lines, n }
}

function packet(
  prev: number,
  n: number,
  entries: Line[],
  more: Partial<Packet<Line, Top>> = {},
): Packet<Line, Top> {
  return {
    epoch,
    conversationId: 'c',
    prev,
    n,
    snapshot: false,
    older: false,
    entries,
    head: { state: `at ${n}` },
    ...more,
  }
}

const empty: Held<Line, Top> = { epoch, n: 0, head: { state: 'at 0' }, entries: [], older: false }
const changes = fc.array(fc.oneof(fc.constant('add' as const), fc.nat(50)), { maxLength: 40 })

describe('the reducer', () => {
  test('all packets in order give what the log holds', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const { packets, lines, n } = replayed(list)
        let held = empty
        for (const next of packets) {
          const result = apply(held, next)
          if (result.kind !== 'applied') throw new Error(result.kind)
          held = result.held
        }
        expect(held.n).toBe(n)
        expect(held.entries).toEqual(lines)
      }),
    )
  })

  test('packets doubled, late and shuffled, with gaps filled from the log, give what the log holds', () => {
    const arrivals = fc.array(fc.nat(200), { maxLength: 120 })
    fc.assert(
      fc.property(changes, arrivals, (list, order) => {
        const { packets, lines, n } = replayed(list)
        if (n === 0) return
        let held = empty
        // What the server answers when asked for everything after a number.
        const range = (after: number) =>
          packet(
            after,
            n,
            lines.filter((line) => line.changedSeq > after),
          )
        const take = (next: Packet<Line, Top>) => {
          const result = apply(held, next)
          if (result.kind === 'stale') throw new Error('stale')
          if (result.kind === 'gap') return take(range(held.n))
          held = result.held
        }
        for (const index of order) take(packets[index % packets.length] as Packet<Line, Top>)
        take(range(held.n))
        expect(held.n).toBe(n)
        expect(held.entries).toEqual(lines)
        expect(held.head).toEqual({ state: `at ${n}` })
      }),
    )
  })

  test('a snapshot replaces, an older one is dropped, another epoch starts afresh', () => {
    const { packets, lines } = replayed(['add', 'add', 'add'])
    const snapshot = packet(0, 3, lines.slice(1), { snapshot: true, older: true })
    const first = apply(undefined, snapshot)
    expect(first.kind).toBe('applied')
    const held = (first as { held: Held<Line, Top> }).held
    expect(held.older).toBe(true)
    expect(apply(held, packet(0, 2, [], { snapshot: true })).kind).toBe('known')
    expect(apply(held, { ...(packets[2] as Packet<Line, Top>), epoch: 'e2' }).kind).toBe('stale')
    expect(apply(held, packet(0, 1, [], { snapshot: true, epoch: 'e2' })).kind).toBe('applied')
    expect(apply(undefined, packets[0] as Packet<Line, Top>).kind).toBe('stale')
  })

  test('an entry before the first page held waits until that page is asked for', () => {
    const { lines } = replayed(['add', 'add', 'add', 'add'])
    const held: Held<Line, Top> = { ...empty, n: 4, entries: lines.slice(2), older: true }
    const touched = { ...(lines[0] as Line), changedSeq: 5, text: 'edited' }
    const result = apply(held, packet(4, 5, [touched]))
    expect(result).toMatchObject({ kind: 'applied', held: { n: 5 } })
    const next = (result as { held: Held<Line, Top> }).held
    expect(next.entries.map((line) => line.seq)).toEqual([3, 4])
    const whole = prepend(next, { entries: [touched, lines[1] as Line], older: false })
    expect(whole.entries.map((line) => line.text)).toEqual(['edited', 't2', 't3', 't4'])
    expect(whole.older).toBe(false)
  })

  test('a packet of the head alone moves the number and the head', () => {
    const result = apply(empty, packet(0, 1, []))
    expect(result).toMatchObject({ kind: 'applied', held: { n: 1, head: { state: 'at 1' }, entries: [] } })
  })
})

describe('lists', () => {
  test('[I9] what needs attention most comes first, whoever waits longest before the others', () => {
    const row = (id: string, rank: number, position: number) => ({ id, n: 1, rank, position })
    const rows = [row('p', 3, -20), row('q', 3, -30), row('o', 2, 5), row('m', 1, 9), row('n', 1, 7)]
    expect([...rows].sort(byAttention).map(({ id }) => id)).toEqual(['n', 'm', 'o', 'q', 'p'])
  })

  test('a digest tells any difference in rows, numbers, order and counts', () => {
    const rows = [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ]
    const print = digest(rows, [2])
    expect(digest([...rows], [2])).toBe(print)
    for (const other of [
      digest([...rows].reverse(), [2]),
      digest([{ id: 'a', n: 2 }, rows[1] as { id: string; n: number }], [2]),
      digest(rows, [3]),
      digest(rows.slice(1), [2]),
    ]) {
      expect(other).not.toBe(print)
    }
  })
})
