import type { Saying } from '@foyer/contract/rich-text/saying.ts'

/** What others do with the field that a message or a note is written in, whichever one it is. */
export type WritingHandle = {
  focus(): void
  /** Puts a text in the place of what is selected, as if it had been typed. */
  insert(text: string): void
  /** What stands in the line before the caret; null while something is selected. */
  before(): string | null
  /** Puts a text, or what was written with its formatting, in the place of as many signs before the caret, which stands behind it then. */
  replaceBefore(length: number, said: string | Saying): void
}

/** What a screen reader is told of what is offered for the word that is being typed. */
export type Offer = { controls?: string | undefined; active?: string | undefined }

/** What both fields, the plain one and the one with formatting, are given. */
export type FieldProps = {
  label: string
  placeholder: string
  offer?: Offer | undefined
  /** The lines that it is high at least. */
  rows: number
  className: string
  /** Called where no key of the editor's own is meant; whether it was taken. */
  onKey: (event: KeyboardEvent) => boolean
  /** The caret is somewhere else. */
  onMoved?: (() => void) | undefined
  onBlur: () => void
}

/** Where somebody was in a plain text: from and to, if they were in it. */
export type Place = { from: number; to: number } | null
