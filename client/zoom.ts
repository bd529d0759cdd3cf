/** A point of the window, in CSS pixels. */
export type Point = { x: number; y: number }

/** How much larger than it fits a picture is shown, by the steps of keys and buttons. */
const steps = [1, 1.5, 2, 3, 4, 6] as const
/** The largest that there is. */
export const mostZoom = 6
/** Where a double tap leads. */
const closer = 2
/** Taps belong together within this time, and this far from each other. */
const tapMs = 300
const tapPixels = 30

/** The next step up or down. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  const next = by > 0 ? steps.find((step) => step > zoom) : steps.findLast((step) => step < zoom)
  return next ?? (by > 0 ? mostZoom : 1)
}

/** Where a double tap, or a double click, leads: closer, and back. */
export function otherZoom(zoom: number): number {
  return zoom > 1 ? 1 : closer
}

/**
 * Hears of hands that zoom what is in a place: two fingers, a double tap, two fingers on a trackpad. `to` is told how large it is
 * to be, and around which point. Answers how to stop.
 */
export function followZoom(
  place: HTMLElement,
  { zoom, to }: { zoom: () => number; to: (zoom: number, around: Point) => void },
): () => void {
  let pinch: { apart: number; zoom: number } | null = null
  let tap: (Point & { at: number }) | null = null
  let isSingle = false
  const go = (wanted: number, around: Point) => to(Math.min(mostZoom, Math.max(1, wanted)), around)

  const started = ({ touches }: TouchEvent) => {
    isSingle = touches.length === 1
    const two = twoOf(touches)
    pinch = two && { apart: two.apart, zoom: zoom() }
    if (two) tap = null
  }
  const moved = (event: TouchEvent) => {
    const two = twoOf(event.touches)
    if (!pinch || !two) return
    // Otherwise the page is made larger, and not the picture.
    event.preventDefault()
    go((pinch.zoom * two.apart) / pinch.apart, two.middle)
  }
  const ended = (event: TouchEvent) => {
    if (event.touches.length < 2) pinch = null
    const [finger] = event.changedTouches
    if (!isSingle || !finger || event.touches.length > 0) return
    const now = { x: finger.clientX, y: finger.clientY, at: event.timeStamp }
    const isSecond = tap && now.at - tap.at < tapMs && Math.hypot(now.x - tap.x, now.y - tap.y) < tapPixels
    tap = isSecond ? null : now
    if (!isSecond) return
    // No click is made of it any more.
    event.preventDefault()
    go(otherZoom(zoom()), now)
  }
  // A trackpad's pinch comes as a wheel with Control.
  const wheeled = (event: WheelEvent) => {
    if (!event.ctrlKey) return
    event.preventDefault()
    go(zoom() * Math.exp(-event.deltaY / 100), { x: event.clientX, y: event.clientY })
  }
  place.addEventListener('touchstart', started, { passive: true })
  place.addEventListener('touchmove', moved, { passive: false })
  place.addEventListener('touchend', ended, { passive: false })
  place.addEventListener('wheel', wheeled, { passive: false })
  return () => {
    place.removeEventListener('touchstart', started)
    place.removeEventListener('touchmove', moved)
    place.removeEventListener('touchend', ended)
    place.removeEventListener('wheel', wheeled)
  }
}

/**
 * Remembers what of a picture lies under a point, the middle of its place where none is named. What is answered is called when
 * the picture has its new size, and scrolls so that the same lies there.
 */
export function holdPoint(place: HTMLElement, picture: Element, around?: Point): () => void {
  const room = place.getBoundingClientRect()
  const at = around ?? { x: room.left + room.width / 2, y: room.top + room.height / 2 }
  const before = picture.getBoundingClientRect()
  const across = (at.x - before.left) / Math.max(1, before.width)
  const down = (at.y - before.top) / Math.max(1, before.height)
  return () => {
    const now = picture.getBoundingClientRect()
    place.scrollLeft += now.left + across * now.width - at.x
    place.scrollTop += now.top + down * now.height - at.y
  }
}

function twoOf(touches: TouchList): { apart: number; middle: Point } | null {
  const [one, other] = touches
  if (touches.length !== 2 || !one || !other) return null
  return {
    apart: Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)),
    middle: { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 },
  }
}
