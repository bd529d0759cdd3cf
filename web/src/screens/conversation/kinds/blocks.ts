import { type KindName, kindOf } from '@foyer/contract/entries/kinds.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import type { ComponentType } from 'react'
import type { BlockProps } from './block-props.ts'
import { NoteBlock } from './note.tsx'
import { NoteDeletedBlock } from './note-deleted.tsx'

/** The kinds that are more than a line of their plain text, beside messages, which stand in groups. */
const blocks: { readonly [Name in KindName]?: ComponentType<BlockProps> } = {
  note: NoteBlock,
  note_deleted: NoteDeletedBlock,
}

/** The component of an entry's kind; undefined where a line says it all. */
export function blockOf(entry: Entry): ComponentType<BlockProps> | undefined {
  const kind = kindOf(entry)
  return kind ? blocks[kind.event] : undefined
}
