import type { OutboxItem } from '@foyer/client/outbox.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** A line on the screen that stays where it is when something is added above it. */
type Anchor = { id: string; offset: number } | null

/** Where each conversation was left, as long as this page lives. */
const places = new Map<string, Anchor>()
const endPx = 40

/**
 * Keeps the reading position: at the end new messages come into view, anywhere else nothing moves and what arrives below
 * is counted.
 */
export function useScroll(given: {
  id: string
  scroller: RefObject<HTMLDivElement | null>
  entries: readonly Entry[]
  outbox: readonly OutboxItem[]
}): { atEnd: boolean; below: number; toEnd: () => void } {
  const { id, scroller, entries, outbox } = given
  const anchor = useRef<Anchor>(places.get(id) ?? null)
  const started = useRef(false)
  const [atEnd, setAtEnd] = useState(true)
  const [seen, setSeen] = useState(0)
  const written = useRef(outbox.length)

  const remember = useCallback(() => {
    const element = scroller.current
    if (!element) return
    const end = element.scrollHeight - element.scrollTop - element.clientHeight < endPx
    anchor.current = end ? null : firstInView(element)
    places.set(id, anchor.current)
    setAtEnd(end)
  }, [id, scroller])

  const keep = useCallback(() => {
    const element = scroller.current
    if (!element) return
    const held = anchor.current
    if (held === null) {
      element.scrollTop = element.scrollHeight
      return
    }
    const line = element.querySelector<HTMLElement>(`[data-entry="${held.id}"]`)
    if (line) element.scrollTop += offsetOf(element, line) - held.offset
  }, [scroller])

  const toEnd = useCallback(() => {
    anchor.current = null
    keep()
    remember()
    scroller.current?.focus({ preventScroll: true })
  }, [keep, remember, scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs after every change of what is shown
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    if (!started.current) {
      started.current = true
      const line = anchor.current === null ? element.querySelector<HTMLElement>('[data-new-line]') : null
      if (line) {
        element.scrollTop += offsetOf(element, line) - element.clientHeight / 3
        remember()
        return
      }
    }
    // What I have just sent is what I want to see.
    if (outbox.length > written.current) anchor.current = null
    written.current = outbox.length
    keep()
    remember()
  }, [entries, outbox])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    element.addEventListener('scroll', remember, { passive: true })
    // The composer grows, the window or the keyboard takes room, a folded text opens: the same lines stay in view.
    const sizes = new ResizeObserver(keep)
    sizes.observe(element)
    if (element.firstElementChild) sizes.observe(element.firstElementChild)
    return () => {
      element.removeEventListener('scroll', remember)
      sizes.disconnect()
    }
  }, [scroller, remember, keep])

  const last = entries.at(-1)?.seq ?? 0
  useEffect(() => {
    if (atEnd) setSeen(last)
  }, [atEnd, last])
  const below = atEnd ? 0 : entries.filter((entry) => entry.kind === 'message' && entry.seq > seen).length
  return { atEnd, below, toEnd }
}

function offsetOf(element: HTMLElement, line: HTMLElement): number {
  return line.getBoundingClientRect().top - element.getBoundingClientRect().top
}

function firstInView(element: HTMLElement): Anchor {
  for (const line of element.querySelectorAll<HTMLElement>('[data-entry]')) {
    const offset = offsetOf(element, line)
    if (offset + line.offsetHeight > 0) return { id: line.dataset.entry ?? '', offset }
  }
  return null
}
