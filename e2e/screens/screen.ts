import type { Locale } from '@foyer/contract/scalars.ts'
import type { BrowserContext, Page } from 'playwright-core'
import type { Stage, Visitor, Words } from './stage.ts'

/** A window size; the narrow ones are phones, which are touched. */
export const sizes = {
  '1440': { width: 1440, height: 900 },
  '1024': { width: 1024, height: 768 },
  '390': { width: 390, height: 844 },
  '320': { width: 320, height: 568 },
} as const
export type Size = keyof typeof sizes

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]
export const locales = ['en', 'fr', 'de'] as const satisfies readonly Locale[]

/** What a screen needs the installation to be: not set up, set up and empty, or with sample data. */
export type Phase = 'bare' | 'empty' | 'busy'

export type At = {
  stage: Stage
  origin: string
  locale: Locale
  size: Size
  words: Words
  /** Contacts who talked with the shop: one who waits to read the answer, and one whose conversation ended. */
  visitors: Readonly<Record<'answered' | 'ended', Visitor>> | null
}

/** One screen in one state. */
export type Screen = {
  name: string
  part: 'Message Center' | 'Messenger'
  phase: Phase
  /** Who looks: somebody logged in, a stranger, or a contact who comes back. */
  as: 'owner' | 'stranger' | 'answered' | 'ended'
  /** What the network does to it. */
  before?: (context: BrowserContext, at: At) => Promise<unknown>
  /** Brings it about and waits until it is there. */
  show: (page: Page, at: At) => Promise<unknown>
}

/** What has to be said of a screen; the rest is usual. */
export type Given = Pick<Screen, 'show'> & Partial<Pick<Screen, 'phase' | 'as' | 'before'>>
