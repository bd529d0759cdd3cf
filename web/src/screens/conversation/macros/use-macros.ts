import { serverNow } from '@foyer/client/clock.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import type { Macro } from '@foyer/contract/macros.ts'
import { type PlaceholderField, unfilledIn } from '@foyer/contract/placeholders.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import type { Widget } from '@foyer/contract/widgets.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useMemo, useRef, useState } from 'react'
import { useMe } from '../../../session.ts'
import { type Offers, useOffers } from '../use-offers.ts'
import type { WritingHandle } from '../writing/handle.ts'
import { filledMacro } from './filled-macro.ts'
import { findMacros, indexMacros } from './find-macros.ts'
import { keyOfPress } from './key-of-press.ts'
import { bracketed, macroBefore } from './macro-before.ts'
import { usableMacros, widgetsOf } from './queries.ts'

/** So many are shown; whoever looks for another one types on. */
const mostOffered = 50

export type Macros = {
  offers: Offers<Macro>
  /** Somebody asked for them by the button, and they are not there yet. */
  isLoading: boolean
  /** Whether somebody asked so, and there are none like it. Who writes a mark of exclamation behind a space asks for nothing. */
  hasNone: boolean
  /** Whether there is none at all. */
  isEmpty: boolean
  /** As it would stand in the field. */
  preview: (macro: Macro) => Saying
  /** Opens the list, as `!` does. */
  open: () => void
  /** Whether the key was for the list, or is a macro's own. */
  takes: (event: KeyboardEvent) => boolean
  moved: () => void
  close: () => void
  /** What is about to be sent is made of these; forgets them. */
  takeUsed: () => string[]
  /** Whether somebody is called like a placeholder, which is none then. */
  isLiteral: (field: PlaceholderField) => boolean
}

/**
 * Offers macros while one is typed behind a `!`. What is chosen takes the place of what was typed, filled in; with Ctrl or ⌘ it
 * is sent as well. Nothing is read before the first `!`.
 *
 * @param head the conversation; null where there is none, and so no macros
 */
export function useMacros(
  field: RefObject<WritingHandle | null>,
  { head, text, send }: { head: Head | null; text: string; send: () => void },
): Macros {
  const me = useMe()
  const queries = useQueryClient()
  const [isByButton, setByButton] = useState(false)
  const used = useRef(new Set<string>())
  const literal = useRef(new Set<PlaceholderField>())
  const isNeeded = head !== null && /(?:^|[\s(])!/u.test(text)
  const { data } = useQuery({ ...usableMacros, enabled: isNeeded })
  const { data: widgets } = useQuery({ ...widgetsOf, enabled: isNeeded })
  // Whose language counts where the contact's is not known is known then, too.
  const all = widgets && data?.items
  const indexed = useMemo(() => indexMacros(all ?? []), [all])

  function fill(macro: Macro, of: Head, from: readonly Widget[] = widgets?.items ?? []) {
    const widget = from.find(({ id }) => id === of.widgetId)
    return filledMacro(macro, { head: of, me, widget, now: serverNow() })
  }
  function put(macro: Macro, how: { length: number; sends: boolean; widgets?: readonly Widget[] }) {
    if (!head) return
    const { saying, unfilled } = fill(macro, head, how.widgets)
    for (const each of unfilledIn(saying)) if (!unfilled.includes(each)) literal.current.add(each)
    field.current?.replaceBefore(how.length, saying)
    used.current.add(macro.id)
    setByButton(false)
    if (how.sends) send()
  }
  const offers = useOffers<Macro>(field, {
    typedBefore: (line, caret) => (head ? macroBefore(line, caret) : null),
    find: (query) => findMacros(indexed, query, mostOffered),
    // A mark of exclamation behind a space is no macro until something says that it is.
    isMeant: (query) => isByButton || query !== '',
    put: (macro, length, how) =>
      put(macro, { length, sends: how.sends || bracketed(offers.query ?? '') !== null }),
  })

  /** A macro's own key, wherever one writes. */
  function takesKey(event: KeyboardEvent): boolean {
    const key = head && keyOfPress(event)
    if (!key) return false
    void Promise.all([queries.fetchQuery(usableMacros), queries.fetchQuery(widgetsOf)]).then(
      ([macros, { items }]) => {
        const meant = macros.items.find((macro) => macro.key === key)
        if (meant) put(meant, { length: 0, sends: false, widgets: items })
      },
    )
    return true
  }
  return {
    offers,
    isLoading: isByButton && offers.query !== null && !all,
    hasNone: isByButton && offers.query !== null && all !== undefined && offers.offered.length === 0,
    isEmpty: all?.length === 0,
    preview: (macro) => (head ? fill(macro, head).saying : { text: '' }),
    open() {
      const before = field.current?.before() ?? ''
      setByButton(true)
      field.current?.insert(before === '' || /[\s(]$/u.test(before) ? '!' : ' !')
      field.current?.focus()
      offers.moved()
    },
    takes(event) {
      if (event.key === 'Escape' && isByButton && offers.query !== null) {
        // What the button wrote goes with the list.
        field.current?.replaceBefore(offers.query.length + 1, '')
        setByButton(false)
        return true
      }
      return offers.takes(event) || takesKey(event)
    },
    moved: offers.moved,
    close() {
      offers.close()
      setByButton(false)
    },
    takeUsed() {
      const ids = [...used.current].slice(0, 10)
      used.current.clear()
      literal.current.clear()
      return ids
    },
    isLiteral: (of) => literal.current.has(of),
  }
}
