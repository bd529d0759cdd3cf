import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
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
}

/** The row that is to have the focus; a new object each time it is gone to. */
export type Reveal = { key: string }

/** One cursor in a list of conversations: where the focus rests is where J and K go on from, and what they open has it. */
export function useCursor({ shown, gone, idOf, pathOf, open }: Given): {
  reveal: Reveal | null
  moveOn: MoveOn
} {
  const t = useText()
  const go = useGo()
  const [reveal, setReveal] = useState<Reveal | null>(null)

  function show(key: string | undefined): boolean {
    if (key === undefined) return false
    go(pathOf(idOf(key)), { replace: open !== undefined })
    setReveal({ key })
    return true
  }
  const openKey = () => shown.find((key) => idOf(key) === open)
  function step(by: 1 | -1): void {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row
    const from = row !== undefined && shown.includes(row) ? row : openKey()
    const at = from === undefined ? (by > 0 ? -1 : shown.length) : shown.indexOf(from)
    show(shown[at + by])
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
