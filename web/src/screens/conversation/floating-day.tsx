import { type RefObject, useEffect, useState } from 'react'

/** How long the hand rests before the day goes. */
const restMs = 900
const endPx = 40

/** Names the day one scrolls through while its own line is out of sight; at rest nothing lies over the text. */
export function FloatingDay({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const [day, setDay] = useState<string | null>(null)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let timer: ReturnType<typeof setTimeout> | undefined
    function onScroll() {
      setDay(element ? dayAbove(element) : null)
      clearTimeout(timer)
      timer = setTimeout(() => setDay(null), restMs)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      element.removeEventListener('scroll', onScroll)
      clearTimeout(timer)
    }
  }, [scroller])
  if (day === null) return null
  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center" aria-hidden="true">
      <span className="arrive rounded-full border border-line bg-surface px-2.5 py-0.5 text-tiny font-medium text-faint">
        {day}
      </span>
    </div>
  )
}

/** The last day line above the upper edge; none at the end, where new messages scroll and no hand does. */
function dayAbove(element: HTMLElement): string | null {
  if (element.scrollHeight - element.scrollTop - element.clientHeight < endPx) return null
  const edge = element.getBoundingClientRect().top
  const lines = [...element.querySelectorAll<HTMLElement>('[data-day]')]
  return lines.findLast((line) => line.getBoundingClientRect().bottom < edge)?.textContent ?? null
}
