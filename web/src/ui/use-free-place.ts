import { type CSSProperties, type RefObject, useLayoutEffect, useState } from 'react'
import { type Box, freePlace, isFree } from './free-place.ts'

const controls =
  'button, a[href], input, textarea, select, summary, [role="switch"], [role="radio"], [role="menuitem"], [role="option"]'

/**
 * Keeps something that lies over the page off everything that can be pressed, and off headings. It stays where it is until something comes to be
 * under it, and for as long as the hand or the focus is on it. Whatever is placed so carries `data-float`.
 */
export function useFreePlace(ref: RefObject<HTMLElement | null>, isShown: boolean): CSSProperties {
  const [place, setPlace] = useState<Place>({ left: 0, top: 0 })
  useLayoutEffect(() => {
    const own = ref.current
    if (!own || !isShown) return
    let frame = 0
    let standing: Place | null = null
    function look() {
      frame = 0
      if (!own || own.matches(':hover, :focus-within')) return
      const size = { width: own.offsetWidth, height: own.offsetHeight }
      const obstacles = obstaclesOf(own)
      if (standing && isInside(standing, size) && isFree(boxOf(standing, size), obstacles)) return
      standing = freePlace(size, { width: innerWidth, height: innerHeight }, obstacles)
      setPlace(standing)
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

type Place = { left: number; top: number }
type Size = { width: number; height: number }

const boxOf = ({ left, top }: Place, { width, height }: Size): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
})

const isInside = (place: Place, size: Size): boolean =>
  boxOf(place, size).right <= innerWidth && boxOf(place, size).bottom <= innerHeight

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
