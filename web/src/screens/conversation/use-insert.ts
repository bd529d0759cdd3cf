import { type RefObject, useRef } from 'react'
import { flushSync } from 'react-dom'

/** Puts something into a text in place of what is selected in its field, where that is not being written in. */
export function useInsert(
  field: RefObject<HTMLTextAreaElement | null>,
  change: (text: string) => void,
): (piece: string) => void {
  const newest = useRef(change)
  newest.current = change
  return (piece) => {
    const element = field.current
    if (!element) return
    // A field keeps its selection while something else has the focus.
    const { value, selectionStart, selectionEnd } = element
    flushSync(() => newest.current(value.slice(0, selectionStart) + piece + value.slice(selectionEnd)))
    const after = selectionStart + piece.length
    element.setSelectionRange(after, after)
  }
}
