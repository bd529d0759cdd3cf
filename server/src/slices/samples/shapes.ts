import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import type { Locale } from '@foyer/contract/scalars.ts'

/** A made-up colleague. `me` in a script is whoever asked for the sample data. */
export type Colleague = 'amelie' | 'jonas' | 'priya' | 'tom'
export type Author = 'contact' | 'me' | Colleague

/**
 * One thing that happens in a sample conversation. A pair is a message: who writes, and what, formatted or not. The rest happens by the
 * hand of a colleague, or is time that passes.
 */
export type Step =
  | readonly [author: Author, said: string | RichText]
  | { readonly assign: Author | null; readonly by: Exclude<Author, 'contact'> }
  | { readonly set: 'open' | 'pending'; readonly by: Exclude<Author, 'contact'> }
  | { readonly end: Exclude<Author, 'contact'> }
  | { readonly resume: Exclude<Author, 'contact'> }
  /** Minutes of nothing. */
  | { readonly pause: number }

export type Script = {
  /** How many minutes ago the last of it happened. */
  readonly ago: number
  readonly steps: readonly Step[]
  /** How far the contact came with what is theirs to read at the end; `read` where nothing is said. */
  readonly contactSaw?: 'nothing' | 'delivered'
  /** Whether the assigned operator has read to the end; without, what came last is unread. */
  readonly seen?: boolean
}

export type SampleContact = {
  /** Null: somebody who never said their name. */
  readonly name: string | null
  readonly email?: string
  readonly locale: Locale | null
  readonly scripts: readonly Script[]
}

export type SampleOperator = {
  readonly key: Colleague
  readonly name: string
  readonly alias: string | null
  readonly locale: Locale
}
