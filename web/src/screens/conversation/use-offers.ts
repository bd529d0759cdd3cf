import { type RefObject, useId, useState } from 'react'
import type { Offer, WritingHandle } from './writing/handle.ts'

/** What is being typed just before the caret, and where it begins. */
export type Typed = { start: number; query: string }

export type Offers<Item> = {
  listId: string
  /** What is typed to find one; null where nothing is, or the list was closed. */
  query: string | null
  offered: readonly Item[]
  /** Which one Enter means; -1: none yet. */
  active: number
  choose: (item: Item) => void
  /** To be told that the caret may be elsewhere, after every change. */
  moved: () => void
  close: () => void
  /** Whether the key was for the list. */
  takes: (event: KeyboardEvent) => boolean
}

type Kind<Item> = {
  /** What of a line that ends at the caret is typed to find one; null where nothing is. */
  typedBefore: (line: string, caret: number) => Typed | null
  find: (query: string) => readonly Item[]
  /** Whether the first is meant before anybody has moved to it; it is where nothing else is said. */
  isMeant?: (query: string) => boolean
  /** Puts what is chosen in the place of as many signs before the caret. `sends`: it was chosen with Ctrl or ⌘. */
  put: (item: Item, length: number, how: { sends: boolean }) => void
}

/** Offers what is meant while its beginning is typed behind a sign; what is chosen takes the place of what was typed. */
export function useOffers<Item>(
  field: RefObject<WritingHandle | null>,
  { typedBefore, find, isMeant = () => true, put }: Kind<Item>,
): Offers<Item> {
  const listId = useId()
  /** What stands before the caret; null where nothing can be offered. */
  const [line, setLine] = useState<string | null>(null)
  const [closed, setClosed] = useState(false)
  /** Which one somebody has moved to. */
  const [active, setActive] = useState<number | null>(null)
  const typed = line === null || closed ? null : typedBefore(line, line.length)
  const offered = typed ? find(typed.query) : []
  const at = Math.min(active ?? (typed && isMeant(typed.query) ? 0 : -1), offered.length - 1)

  function choose(item: Item, how = { sends: false }) {
    if (!typed || line === null) return
    setLine(null)
    put(item, line.length - typed.start, how)
  }

  return {
    listId,
    query: typed?.query ?? null,
    offered,
    active: at,
    choose: (item) => choose(item),
    moved() {
      setClosed(false)
      setActive(null)
      setLine(field.current?.before() ?? null)
    },
    close: () => setClosed(true),
    takes(event) {
      if (offered.length === 0) return false
      const chosen = offered[at]
      if (event.key === 'ArrowDown') setActive((at + 1) % offered.length)
      else if (event.key === 'ArrowUp') setActive((Math.max(at, 0) + offered.length - 1) % offered.length)
      else if (chosen && (event.key === 'Enter' || event.key === 'Tab'))
        choose(chosen, { sends: event.key === 'Enter' && (event.ctrlKey || event.metaKey) })
      else if (event.key === 'Escape') setClosed(true)
      else {
        // Closed before the focus moves: in the list it would be lost with it.
        if (event.key === 'Tab') setClosed(true)
        return false
      }
      return true
    },
  }
}

/** What the field says of the list that is open above it; at most one of them is. */
export function offerOf(...all: Pick<Offers<{ id: string }>, 'listId' | 'offered' | 'active'>[]): Offer {
  const open = all.find(({ offered }) => offered.length > 0)
  const meant = open?.offered[open.active]
  return open && meant ? { controls: open.listId, active: `${open.listId}-${meant.id}` } : {}
}
