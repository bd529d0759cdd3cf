import type { MessengerConfig } from '@foyer/contract/messenger.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { createContext } from 'preact'
import { useContext, useEffect, useReducer } from 'preact/hooks'
import type { Availability } from './availability.ts'
import type { Conversations } from './conversations.ts'
import type { Files } from './files-part.ts'
import type { Translate } from './messages.ts'
import type { Moments } from './moments.ts'
import type { Panel } from './panel.ts'
import type { Keeper } from './storage.ts'
import type { Wording } from './wording.ts'

/** What every part of the messenger may need. */
export type Scene = Wording & {
  /** Which messenger it is: what is kept of it has this in its name. */
  widgetKey: string
  t: Translate
  /** The language that is spoken. */
  locale: Locale
  moments: Moments
  /** Name of the company as contacts see it. */
  name: string
  /** Whether somebody is there; null while it is not known. */
  available: Availability | null
  /** How many seconds an answer usually takes; null where nobody can say. */
  replySeconds: number | null
  /** Some of those who answer. */
  team: readonly { name: string; picture: string | null }[]
  /** Outside the business hours nobody is available, whoever is there. */
  isClosed: boolean
  /** When the service opens again; null while it is open, or when that is not known. */
  opensAt: number | null
  /** The groups among which the contact may pick; none where that is not theirs to do. */
  groups: readonly { id: string; name: string }[]
  /** Whether an address may be left for answers that come later. */
  mails: boolean
  /** Which kinds of files may be sent; null: none. */
  takes: MessengerConfig['files']
  files: Files
  conversations: Conversations
  panel: Panel
  keeper: Keeper
  /** The website to go to from here; null inside of one. */
  wayBack: string | null
}

const context = createContext<Scene | null>(null)
export const SceneProvider = context.Provider

export function useScene(): Scene {
  const scene = useContext(context)
  if (!scene) throw new Error('a part of the messenger stands outside of it')
  return scene
}

/** Draws a part anew whenever what it shows may have changed. */
export function useChanges(source: { subscribe(listener: () => void): () => void }): void {
  const [, draw] = useReducer<number, void>((count) => count + 1, 0)
  useEffect(() => source.subscribe(() => draw()), [source])
}
