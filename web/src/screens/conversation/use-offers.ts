import { type RefObject, useId, useState } from 'react'
import type { Offer, WritingHandle } from './writing/handle.ts'

/** What is being typed just before the caret, and where it begins. */
export type Typed = { start: number; query: string }

export type Offers<Item> = {
  listId: string
  offered: readonly Item[]
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
  /** What stands in the text instead of what was typed. */
  said: (item: Item) => string
}

/** Offers what is meant while its beginning is typed behind a sign; what is chosen takes the place of what was typed. */
export function useOffers<Item>(
  field: RefObject<WritingHandle | null>,
  { typedBefore, find, said }: Kind<Item>,
): Offers<Item> {
  const listId = useId()
  /** What stands before the caret; null where nothing can be offered. */
  const [line, setLine] = useState<string | null>(null)
  const [closed, setClosed] = useState(false)
  const [active, setActive] = useState(0)
  const typed = line === null || closed ? null : typedBefore(line, line.length)
  const offered = typed ? find(typed.query) : []
  const at = Math.min(active, offered.length - 1)

  function choose(item: Item) {
    if (!typed || line === null) return
    field.current?.replaceBefore(line.length - typed.start, said(item))
    setLine(null)
  }

  return {
    listId,
    offered,
    active: at,
    choose,
    moved() {
      setClosed(false)
      setActive(0)
      setLine(field.current?.before() ?? null)
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
