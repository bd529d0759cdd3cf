import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { flushSync } from 'react-dom'
import { useMe, useOperators } from '../../session.ts'
import { type Mentionable, mentionable, mentionBefore } from './mentions.ts'

/** Offers colleagues while a name is typed behind an @; what is chosen stands in the text as a name. */
export function useMentions(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  change: (text: string) => void,
) {
  const listId = useId()
  const me = useMe()
  const operators = useOperators().filter(({ id }) => id !== me.id)
  const [caret, setCaret] = useState<number | null>(null)
  const [closed, setClosed] = useState(false)
  const [active, setActive] = useState(0)
  const typed = caret === null || closed ? null : mentionBefore(text, caret)
  const offered = typed ? mentionable(operators, typed.query) : []
  const at = Math.min(active, offered.length - 1)

  function choose(operator: Mentionable) {
    if (!typed || caret === null) return
    const said = `@${operator.name} `
    const after = typed.start + said.length
    // The next letter may come before the page is drawn again: text and caret are put in place at once.
    flushSync(() => {
      change(text.slice(0, typed.start) + said + text.slice(caret))
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
    /** To be told where the caret is after every change. */
    moved() {
      const element = field.current
      setClosed(false)
      setActive(0)
      setCaret(element && element.selectionStart === element.selectionEnd ? element.selectionEnd : null)
    },
    close: () => setClosed(true),
    /** Whether the key was for the list. */
    takes(event: KeyboardEvent): boolean {
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
