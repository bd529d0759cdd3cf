import type { Right } from '@foyer/contract/roles.ts'
import type { ComponentType } from 'react'
import type { TextKey } from '../../text.tsx'

/** A section of the settings, as one value: where it is, whose it is, and what it shows. */
export type Section = {
  /** The last part of its address. */
  path: string
  label: TextKey
  /** Mine, or everybody's. */
  group: keyof typeof groupTitles
  /** Words, separated by commas, by which the palette finds it. */
  words: TextKey
  /** Whoever lacks it does not see the section. */
  needs?: Right
  /** Loaded when it is needed. */
  Screen: ComponentType
  /** It needs more room than a column of text. */
  isBroad?: true
}

/** Whose settings they are, in the order of the list. */
export const groupTitles = {
  mine: 'settings.groupMine',
  everybody: 'settings.groupEverybody',
} as const satisfies Record<string, TextKey>
