import type { Operator } from '@foyer/contract/operators.ts'
import { expect, test } from 'vitest'
import { hang, sum } from './wall.ts'

function colleague(id: string, given: Partial<Operator> = {}): Operator {
  return {
    id,
    name: id,
    alias: null,
    picture: null,
    languages: [],
    role: { id: 'role', kind: 'operator', name: null },
    available: false,
    away: false,
    since: '2026-11-23T08:00:00.000Z',
    slots: { used: 0, most: 3 },
    version: 1,
    ...given,
  }
}

const operators = [
  colleague('Zoe', { available: true, slots: { used: 2, most: 3 } }),
  colleague('Ann', { since: '2026-11-23T07:00:00.000Z' }),
  colleague('Bob', { since: '2026-11-23T09:00:00.000Z' }),
  colleague('Eve', { available: true, slots: { used: 1, most: 2 } }),
  colleague('Lea', { away: true }),
  colleague('Me'),
]
const names = (all: readonly Operator[]) => all.map(({ name }) => name)
const whole = { operators, meId: 'Me', group: null, locale: 'en' }

test('[N5] me first, then who is online, then who is away; of the others first who left last', () => {
  const { here, gone } = hang(whole)
  expect(names(here)).toEqual(['Me', 'Eve', 'Zoe', 'Lea'])
  expect(names(gone)).toEqual(['Bob', 'Ann'])
})

test('[N5] of a group its members alone, and what they come to', () => {
  const group = { id: 'group', name: 'Returns', memberIds: ['Zoe', 'Ann'], version: 1 }
  const wall = hang({ ...whole, group })
  expect([names(wall.here), names(wall.gone)]).toEqual([['Zoe'], ['Ann']])
  const workloads = new Map(
    [
      { operatorId: 'Zoe', running: 4, live: [] },
      { operatorId: 'Eve', running: 9, live: [] },
    ].map((each) => [each.operatorId, each]),
  )
  expect(sum(wall, workloads)).toEqual({ online: 1, used: 2, slots: 3, running: 4 })
})
