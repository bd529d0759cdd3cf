import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { flushSync } from 'react-dom'

/** What is being typed just before the caret, and where it begins. */
export type Typed = { start: number; query: string }

export type Offers<Item> = {
  listId: string
  offered: readonly Item[]
  active: number
  choose: (item: Item) => void
  /** To be told where the caret is after every change. */
  moved: () => void
  close: () => void
  /** Whether the key was for the list. */
  takes: (event: KeyboardEvent) => boolean
}

type Kind<Item> = {
  /** What of a text is typed to find one; null where nothing is. */
  typedBefore: (text: string, caret: number) => Typed | null
  find: (query: string) => readonly Item[]
  /** What stands in the text instead of what was typed. */
  said: (item: Item) => string
}

/** Offers what is meant while its beginning is typed behind a sign; what is chosen takes the place of what was typed. */
export function useOffers<Item>(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  change: (text: string) => void,
  { typedBefore, find, said }: Kind<Item>,
): Offers<Item> {
  const listId = useId()
  const [caret, setCaret] = useState<number | null>(null)
  const [closed, setClosed] = useState(false)
  const [active, setActive] = useState(0)
  const typed = caret === null || closed ? null : typedBefore(text, caret)
  const offered = typed ? find(typed.query) : []
  const at = Math.min(active, offered.length - 1)

  function choose(item: Item) {
    if (!typed || caret === null) return
    const put = said(item)
    const after = typed.start + put.length
    // The next letter may come before the page is drawn again: text and caret are put in place at once.
    flushSync(() => {
      change(text.slice(0, typed.start) + put + text.slice(caret))
      setCaret(null)
    })
    field.current?.focus()
    field.current?.setSelectionRange(after, after)
  }

  return {
    listId,
    offered,
    active: at,
    choose,
    moved() {
      const element = field.current
      setClosed(false)
      setActive(0)
      setCaret(element && element.selectionStart === element.selectionEnd ? element.selectionEnd : null)
    },
    close: () => setClosed(true),
    takes(event) {
      const chosen = offered[at]
      if (!chosen) return false
      if (event.key === 'ArrowDown') setActive((at + 1) % offered.length)
      else if (event.key === 'ArrowUp') setActive((at + offered.length - 1) % offered.length)
      else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen)
      else if (event.key === 'Escape') setClosed(true)
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
  }
}

/** What the field says of the list that is open above it. */
export function listOf<Item extends { id: string }>({ listId, offered, active }: Offers<Item>) {
  const meant = offered[active]
  return meant ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${meant.id}` } : {}
}
