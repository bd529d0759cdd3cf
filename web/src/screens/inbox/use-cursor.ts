import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useGo } from '../../link.tsx'
import { useText } from '../../text.tsx'
import { useCommands } from '../shell/commands.ts'
import type { MoveOn } from './move-on.ts'

type Given = {
  /** The keys of the rows, as they stand. */
  shown: readonly string[]
  /** Of those, the ones that have left the list. */
  gone: ReadonlySet<string>
  idOf: (key: string) => string
  pathOf: (conversationId: string) => string
  /** Which conversation is open. */
  open: string | undefined
  /** The key of its row where that has just moved to another part of the list. */
  moved?: string | undefined
}

/** The row that is to be in view, and to have the focus unless it got there quietly; a new object each time. */
export type Reveal = { key: string; quietly?: true }

/** One cursor in a list of conversations: where the focus rests is where J and K go on from, and what they open has it. */
export function useCursor({ shown, gone, idOf, pathOf, open, moved }: Given): {
  reveal: Reveal | null
  moveOn: MoveOn
} {
  const t = useText()
  const go = useGo()
  const [reveal, setReveal] = useState<Reveal | null>(null)
  const openKey = shown.find((key) => idOf(key) === open)
  /** Where the open row stood last: from there one goes on once it has left the list. */
  const stood = useRef<{ open: string | undefined; at: number }>(undefined)
  useLayoutEffect(() => {
    if (openKey !== undefined) stood.current = { open, at: shown.indexOf(openKey) }
  })
  /** What was open when the page came is brought into view once it is listed. */
  const cameWith = useRef(open)
  useEffect(() => {
    if (openKey === undefined || open !== cameWith.current) return
    cameWith.current = undefined
    setReveal({ key: openKey, quietly: true })
  }, [openKey, open])
  useEffect(() => {
    // The focus is where one works with the conversation, and stays there.
    if (moved !== undefined) setReveal({ key: moved, quietly: true })
  }, [moved])

  function show(key: string | undefined): boolean {
    if (key === undefined) return false
    go(pathOf(idOf(key)), { replace: open !== undefined })
    setReveal({ key })
    return true
  }
  function step(by: 1 | -1): void {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row
    const from = row !== undefined && shown.includes(row) ? row : openKey
    if (from !== undefined) return void show(shown[shown.indexOf(from) + by])
    const hasLeft = open !== undefined && stood.current?.open === open
    const gap = hasLeft && stood.current ? stood.current.at : by > 0 ? 0 : shown.length
    show(shown[by > 0 ? gap : gap - 1])
  }
  useCommands([
    { id: 'next', group: 'go', label: t('inbox.next'), icon: ChevronDown, run: () => step(1) },
    { id: 'previous', group: 'go', label: t('inbox.previous'), icon: ChevronUp, run: () => step(-1) },
  ])
  return {
    reveal,
    moveOn(conversationId) {
      const at = shown.findIndex((key) => idOf(key) === conversationId)
      if (at < 0) return false
      const stays = (key: string) => !gone.has(key) && idOf(key) !== conversationId
      const next = shown.slice(at).find(stays) ?? shown.slice(0, at).findLast(stays)
      return show(next)
    },
  }
}
