import { Search } from 'lucide-react'
import { describe, expect, test } from 'vitest'
import type { Found } from './commands.ts'
import { withRecent } from './recents.ts'
import { arrange } from './rows.ts'

const row = (id: string, label: string, about?: string): Found => ({
  id,
  label,
  icon: Search,
  run() {},
  ...(about === undefined ? {} : { about }),
})
const actions = {
  title: 'command.actions',
  rows: [row('open', 'Reopen'), row('anna', 'Switch to anna')],
} as const
const people = { title: 'command.people', rows: [row('1', 'Anna Berg'), row('2', 'Hannah Cole')] } as const

const shown = (words: string, ...groups: Parameters<typeof arrange>[1]) =>
  arrange(words, groups).map(({ title, rows }) => [title, rows.map(({ id }) => id)])

describe('arrange', () => {
  test('puts the group with the best row first, and leaves out those without one', () => {
    expect(shown('anna', actions, people)).toEqual([
      ['command.people', ['1', '2']],
      ['command.actions', ['anna']],
    ])
    expect(shown('reopen', actions, people)).toEqual([['command.actions', ['open']]])
    expect(shown('nobody', actions, people)).toEqual([])
  })

  test('keeps the order of groups that fit equally well', () => {
    const more = { title: 'nav.settings', rows: [row('3', 'Anna’s theme')] } as const
    expect(shown('ann', people, more).map(([title]) => title)).toEqual(['command.people', 'nav.settings'])
  })

  test('shows a row once, and not more of a kind than one reads', () => {
    const twice = { title: 'nav.settings', rows: [row('1', 'Anna Berg')] } as const
    expect(shown('anna berg', people, twice)).toEqual([['command.people', ['1']]])
    const many = {
      title: 'command.people',
      rows: Array.from({ length: 30 }, (_, id) => row(`${id}`, 'Ann')),
    } as const
    expect(arrange('ann', [many])[0]?.rows).toHaveLength(6)
  })

  test('finds by what a row is about, and marks the letters of its name', () => {
    const theme = { title: 'nav.settings', rows: [row('theme', 'Theme', 'light, dark')] } as const
    expect(shown('dark', theme)).toEqual([['nav.settings', ['theme']]])
    expect(arrange('the', [theme])[0]?.rows[0]?.pieces).toEqual([
      { text: 'The', marked: true },
      { text: 'me', marked: false },
    ])
  })
})

describe('withRecent', () => {
  test('has the newest first, each once, and forgets the oldest', () => {
    expect(withRecent(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b'])
    expect(withRecent(['a', 'b', 'c', 'd', 'e', 'f'], 'g')).toEqual(['g', 'a', 'b', 'c', 'd', 'e'])
  })
})
