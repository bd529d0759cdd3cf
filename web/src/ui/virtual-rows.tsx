import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'

type VirtualRowsProps = {
  label: string
  keys: readonly string[]
  scroller: RefObject<HTMLElement | null>
  /** Height of a row before it is measured, in pixels. */
  estimate: number
  /** How many rows there are in all, if that is known to be more than those held. */
  total?: number | undefined
  /** Called when the end of what is held comes near. */
  onEnd?: (() => void) | undefined
  /** The row that is brought into view and, unless it is to happen quietly, given the focus; anew with every new object. */
  reveal?: { key: string; quietly?: true } | null
  children: (key: string) => ReactNode
}

const headingPx = 40

/** A list of which only the rows in view exist. Several may stand in one scrolling element, one below the other. */
export function VirtualRows({
  label,
  keys,
  scroller,
  estimate,
  total,
  onEnd,
  reveal,
  children,
}: VirtualRowsProps) {
  const list = useRef<HTMLUListElement>(null)
  const [margin, setMargin] = useState<number | null>(null)
  // The scrolling element stands around us: it is known only once everything has been put into the page.
  const [outer, setOuter] = useState<HTMLElement | null>(null)
  useEffect(() => setOuter(scroller.current), [scroller])
  const rows = useVirtualizer({
    count: keys.length,
    getScrollElement: () => outer,
    estimateSize: () => estimate,
    getItemKey: (index) => keys[index] ?? index,
    scrollMargin: margin ?? 0,
    overscan: 8,
    // Headings stay in view above the rows.
    scrollPaddingStart: headingPx,
  })
  const keysNow = useRef(keys)
  keysNow.current = keys
  useEffect(() => {
    if (!outer) return
    const measure = () => {
      const inner = list.current
      if (!inner) return
      const top = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop
      setMargin(Math.round(top))
    }
    // Asked for when the page is laid out anyway: after each render it would be laid out for this alone.
    const observer = new ResizeObserver(measure)
    for (const part of outer.children) observer.observe(part)
    return () => observer.disconnect()
  }, [outer])
  const isMeasured = margin !== null
  useEffect(() => {
    const index = reveal && isMeasured ? keysNow.current.indexOf(reveal.key) : -1
    if (!reveal || index < 0) return
    if (!isInView(rows, index)) rows.scrollToIndex(index, { align: 'auto' })
    if (reveal.quietly) return
    // Where it was out of view it exists in the frame after.
    const frame = requestAnimationFrame(() =>
      list.current
        ?.querySelector<HTMLElement>(`[data-row="${CSS.escape(reveal.key)}"] a`)
        ?.focus({ preventScroll: true }),
    )
    return () => cancelAnimationFrame(frame)
  }, [reveal, isMeasured, rows])
  const items = rows.getVirtualItems()
  const near = (items.at(-1)?.index ?? 0) >= keys.length - 6
  useEffect(() => {
    if (near) onEnd?.()
  }, [near, onEnd])

  return (
    <ul
      ref={list}
      // biome-ignore lint/a11y/noRedundantRoles: a list without markers loses its role in one of the browsers
      role="list"
      aria-label={label}
      className="relative"
      style={{ height: rows.getTotalSize() }}
    >
      {items.map((item) => (
        <li
          key={item.key}
          ref={rows.measureElement}
          data-index={item.index}
          data-row={keys[item.index]}
          aria-setsize={Math.max(total ?? 0, keys.length)}
          aria-posinset={item.index + 1}
          className="absolute inset-x-0 top-0"
          style={{ transform: `translateY(${item.start - (margin ?? 0)}px)` }}
        >
          {children(keys[item.index] ?? '')}
        </li>
      ))}
    </ul>
  )
}

/** By what is known already: to ask the page it would have to be laid out first. */
function isInView(rows: Virtualizer<HTMLElement, Element>, index: number): boolean {
  const row = rows.measurementsCache[index]
  const { scrollOffset, scrollRect } = rows
  if (!row || scrollOffset === null || !scrollRect) return false
  return row.start >= scrollOffset + headingPx && row.end <= scrollOffset + scrollRect.height
}
