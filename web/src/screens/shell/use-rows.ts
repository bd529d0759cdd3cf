import type { TextKey } from '../../text.tsx'
import { useConversationsFound } from '../conversations/use-found.ts'
import type { HitsState } from '../conversations/use-hits.ts'
import { useSettingsRows } from '../settings/use-found.ts'
import type { Command, Found } from './commands.ts'
import { useRecents } from './recents.ts'
import { arrange, type MarkedRow, type RowGroup } from './rows.ts'
import { useConversationRow, useHeld } from './use-held.ts'

const commandGroups = [
  { group: undefined, title: 'command.here' },
  { group: 'go', title: 'command.go' },
  { group: 'general', title: 'command.general' },
] as const satisfies { group: Command['group']; title: TextKey }[]

/** A row of the palette; one that is still being read has no name yet. */
export type PaletteRow = MarkedRow | { id: string; pending: true }

/** What the palette shows for some words, and how far the search for more has come. */
export type PaletteRows = { groups: readonly RowGroup<PaletteRow>[]; state: HitsState; found: boolean }

const unmarked = (row: Found): MarkedRow => ({ ...row, pieces: [{ text: row.label, marked: false }] })

/**
 * Without words what I opened last and what can be done; with words what fits out of what is held, at once, and below it
 * what the server finds, so that no row moves when that comes.
 */
export function useRows(words: string, commands: readonly Command[]): PaletteRows {
  const { people, conversations } = useHeld()
  const settings = useSettingsRows()
  const rowOf = useConversationRow()
  const recents = useRecents()
  const everywhere = useConversationsFound(words)
  if (words.trim() === '') {
    const rows = recents.map(
      ({ id, head }): PaletteRow =>
        head ? unmarked(rowOf(head)) : { id: `conversation:${id}`, pending: true },
    )
    const groups = [
      { title: 'command.recent' as const, rows },
      ...commandGroups.map(({ group, title }) => ({
        title,
        rows: commands.filter((command) => command.group === group).map(unmarked),
      })),
    ]
    return { groups: groups.filter((group) => group.rows.length > 0), state: 'idle', found: true }
  }
  const local = arrange(words, [
    { title: 'command.actions', rows: commands },
    { title: 'command.people', rows: people },
    { title: 'command.conversations', rows: conversations },
    { title: 'nav.settings', rows: settings },
  ])
  const shown = new Set(local.flatMap(({ rows }) => rows.map(({ id }) => id)))
  const more = everywhere.rows.filter(({ id }) => !shown.has(id)).map(unmarked)
  return {
    groups: [...local, { title: 'command.everywhere', rows: more }],
    state: everywhere.state,
    found: local.length > 0 || more.length > 1,
  }
}
