import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** How long the hand rests before the day goes. */
const restMs = 900
/** At the end it is new messages that scroll, and no hand. */
const endPx = 40

/** Names the day one scrolls through while its own line is out of sight; at rest nothing lies over the text. */
export function FloatingDay({ log }: { log: RefObject<HTMLElement | null> }) {
  const [day, setDay] = useState<string | null>(null)
  useEffect(() => {
    const box = log.current
    if (!box) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const onScroll = () => {
      setDay(dayAbove(box))
      clearTimeout(timer)
      timer = setTimeout(() => setDay(null), restMs)
    }
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      box.removeEventListener('scroll', onScroll)
      clearTimeout(timer)
    }
  }, [log])
  if (day === null) return null
  return (
    <p class="day floating" aria-hidden="true">
      {day}
    </p>
  )
}

/** The last day line above the upper edge. */
function dayAbove(box: HTMLElement): string | null {
  if (box.scrollHeight - box.scrollTop - box.clientHeight < endPx) return null
  const edge = box.getBoundingClientRect().top
  const lines = [...box.querySelectorAll('[data-day]')]
  return lines.findLast((line) => line.getBoundingClientRect().bottom < edge)?.textContent ?? null
}
