import type { BlockProps } from './block-props.ts'
import { usePlainText } from './use-plain-text.ts'

/** That there was a note. */
export function NoteDeletedBlock({ entry }: BlockProps) {
  const textOf = usePlainText()
  return <p className="py-1 text-center text-small text-faint">{textOf(entry)}</p>
}
