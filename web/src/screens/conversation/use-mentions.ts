import { type RefObject, useId, useState } from 'react'
import { useMe, useOperators } from '../../session.ts'
import { type Mentionable, mentionable, mentionBefore } from './mentions.ts'
import type { WritingHandle } from './writing/handle.ts'

/** Offers colleagues while a name is typed behind an @; what is chosen stands in the text as a name. */
export function useMentions(field: RefObject<WritingHandle | null>) {
  const listId = useId()
  const me = useMe()
  const operators = useOperators().filter(({ id }) => id !== me.id)
  /** What stands before the caret; null where nobody can be named. */
  const [line, setLine] = useState<string | null>(null)
  const [closed, setClosed] = useState(false)
  const [active, setActive] = useState(0)
  const typed = line === null || closed ? null : mentionBefore(line, line.length)
  const offered = typed ? mentionable(operators, typed.query) : []
  const at = Math.min(active, offered.length - 1)

  function choose(operator: Mentionable) {
    if (!typed || line === null) return
    field.current?.replaceBefore(line.length - typed.start, `@${operator.name} `)
    setLine(null)
  }

  return {
    listId,
    offered,
    active: at,
    choose,
    /** To be told that the caret may be elsewhere, after every change. */
    moved() {
      setClosed(false)
      setActive(0)
      setLine(field.current?.before() ?? null)
    },
    close: () => setClosed(true),
    /** Whether the key was for the list. */
    takes({ key }: KeyboardEvent): boolean {
      const chosen = offered[at]
      if (!chosen) return false
      if (key === 'ArrowDown') setActive((at + 1) % offered.length)
      else if (key === 'ArrowUp') setActive((at + offered.length - 1) % offered.length)
      else if (key === 'Enter' || key === 'Tab') choose(chosen)
      else if (key === 'Escape') setClosed(true)
      else return false
      return true
    },
  }
}
