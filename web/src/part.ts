import type { Right } from '@foyer/contract/roles.ts'
import type { AnyRoute } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { TextKey } from './text.tsx'

/** A single key that does something. */
export type Shortcut = {
  /** The command that it runs. */
  id: string
  /** A sign as it is typed, a capital with Shift. */
  key: string
  label: TextKey
  /** With Ctrl or ⌘; such a key works in text fields too, and where single keys are switched off. */
  withControl?: true
  /** It works wherever one is, and not only in the part that brings it. */
  everywhere?: true
}

/** Something that can be done from everywhere, by the palette or by its id. */
export type PartCommand = {
  id: string
  label: TextKey
  icon: LucideIcon
  run: (go: (to: string) => void) => void
}

/** A part of the Message Center, as one value: where it is, how one gets there, and what it brings. */
export type Part = {
  /** Its address; whatever lies below belongs to it. */
  path: string
  /** Where it is entered, if that is not its address itself. */
  entry?: string
  label: TextKey
  icon: LucideIcon
  /** Its name at the bottom of a small screen, where there is room for four; without one it stands in my menu there. */
  bottomLabel?: TextKey
  /** What waits there; in a corner there is room for one number. */
  Badge?: ComponentType<{ layout: 'row' | 'corner' }>
  /** What is open in it takes the whole of a small screen. */
  fillsSmallScreens?: true
  /** Whoever lacks it is not offered the part. */
  needs?: Right
  /** What is shown at its address and below it. */
  routes: (desk: AnyRoute) => AnyRoute
  /** Beside the one that goes there. */
  commands?: readonly PartCommand[]
  shortcuts?: readonly Shortcut[]
}

/** Where a part is entered. */
export const entryOf = ({ path, entry = path }: Part): string => entry

/** Whether an address lies in a part. */
export const isIn = ({ path }: Part, pathname: string): boolean =>
  pathname === path || pathname.startsWith(`${path}/`)
