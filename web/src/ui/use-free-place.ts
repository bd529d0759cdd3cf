import { type CSSProperties, type RefObject, useLayoutEffect, useState } from 'react'
import { type Box, freePlace, isFree } from './free-place.ts'

const controls =
  'button, a[href], input, textarea, select, summary, [role="switch"], [role="radio"], [role="menuitem"], [role="option"]'

/**
 * Keeps something that lies over the page off everything that can be pressed, and off headings. It stays where it is until something comes to be
 * under it, and for as long as the hand or the focus is on it. Whatever is placed so carries `data-float`.
 */
export function useFreePlace(ref: RefObject<HTMLElement | null>, isShown: boolean): CSSProperties {
  const [place, setPlace] = useState({ left: 0, top: 0 })
  useLayoutEffect(() => {
    const own = ref.current
    if (!own || !isShown) return
    let frame = 0
    function look() {
      frame = 0
      if (!own || own.matches(':hover, :focus-within')) return
      const size = { width: own.offsetWidth, height: own.offsetHeight }
      const obstacles = obstaclesOf(own)
      setPlace((now) => {
        const { left, top } = now
        const box = { left, top, right: left + size.width, bottom: top + size.height }
        const isInside = box.top > 0 && box.bottom <= innerHeight && box.right <= innerWidth
        if (isInside && isFree(box, obstacles)) return now
        const next = freePlace(size, { width: innerWidth, height: innerHeight }, obstacles)
        return next.left === left && next.top === top ? now : next
      })
    }
    look()
    const later = () => {
      frame ||= requestAnimationFrame(look)
    }
    const observer = new MutationObserver(later)
    observer.observe(document.body, { childList: true, subtree: true, attributes: true })
    addEventListener('resize', later)
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      removeEventListener('resize', later)
    }
  }, [ref, isShown])
  return place
}

/** Says where one is, and is looked at while one acts. */
const headings = 'h1, h2, h3, article > header'

/** What must not be covered: everything that can be pressed or written in, headings, and what else lies over the page. */
function obstaclesOf(own: HTMLElement): Box[] {
  const found: Box[] = []
  for (const element of document.querySelectorAll(`${controls}, ${headings}, [data-float]`)) {
    if (own.contains(element) || element.closest('[inert], [aria-hidden="true"], [hidden], .sr-only'))
      continue
    const box = element.getBoundingClientRect()
    if (box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight) found.push(box)
  }
  return found
}
