import type { Right } from '@foyer/contract/roles.ts'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { TextKey } from '../../text.tsx'

/** Something that can be set, by the texts that stand beside it on its page: by these it is found there. */
export type Setting = { label: TextKey; help?: TextKey }

/** A section of the settings, as one value: where it is, whose it is, and what it shows. */
export type Section = {
  /** The last part of its address. */
  path: string
  label: TextKey
  icon: LucideIcon
  /** What it is for, in a sentence. */
  text: TextKey
  /** Whom it concerns. */
  group: keyof typeof groupTitles
  /** Words, separated by commas, by which it is found. */
  words: TextKey
  /** What can be set there, in the order of the page; a test holds it against the page. */
  settings: readonly Setting[]
  /** Whoever lacks it does not see the section. */
  needs?: Right
  /** Loaded when it is needed. */
  Screen: ComponentType
  /** It needs more room than a column of text. */
  isBroad?: true
}

/** Whom the settings concern, in the order of the list. */
export const groupTitles = {
  you: 'settings.groupYou',
  team: 'settings.groupTeam',
  channels: 'settings.groupChannels',
  workspace: 'settings.groupWorkspace',
} as const satisfies Record<string, TextKey>
