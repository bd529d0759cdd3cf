import { expect, test } from 'vitest'
import { untrue } from './slices.ts'

test('a slice stands in the list once, with a folder and the rights it demands', () => {
  const sources = new Map([
    ['team', `demandRight(operator, 'team.read')`],
    ['notes', ''],
  ])
  const team = { name: 'team', rights: ['team.read'] }
  const notes = { name: 'notes', rights: [] }
  expect(untrue([team, notes], sources)).toEqual([])
  expect(untrue([team], sources)).toEqual([expect.stringMatching(/slices\/notes is not in/)])
  expect(untrue([team, notes, notes], sources)).toEqual([expect.stringMatching(/notes, which has no folder/)])
  expect(untrue([{ ...team, rights: ['mail.read'] }, notes], sources)).toEqual([
    expect.stringMatching(/demands the right team.read, which/),
    expect.stringMatching(/mail.read, and never does/),
  ])
})
