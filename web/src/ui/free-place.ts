/** A rectangle of the window, in pixels from its top left corner. */
export type Box = { left: number; top: number; right: number; bottom: number }

const margin = 8
const step = 4

/**
 * Where something of a size lies on no obstacle: as far up as there is room, there in the middle if it can be, else at one of
 * the sides. Where there is no room anywhere, it is where it covers least.
 */
export function freePlace(
  size: { width: number; height: number },
  window: { width: number; height: number },
  obstacles: readonly Box[],
): { left: number; top: number } {
  const end = window.width - size.width - margin
  const columns = [end / 2 + margin / 2, end, margin].map((left) => Math.max(0, Math.round(left)))
  let best = { left: columns[0] ?? 0, top: margin }
  let least = Number.POSITIVE_INFINITY
  for (let top = margin; top + size.height <= window.height - margin; top += step) {
    for (const left of columns) {
      const place = { left, top, right: left + size.width, bottom: top + size.height }
      const covered = obstacles.reduce((sum, obstacle) => sum + shared(place, obstacle), 0)
      if (covered >= least) continue
      least = covered
      best = { left, top }
      if (covered === 0) return best
    }
  }
  return best
}

/** Whether a box lies on none of the obstacles. */
export const isFree = (box: Box, obstacles: readonly Box[]): boolean =>
  obstacles.every((obstacle) => shared(box, obstacle) === 0)

/** How much of one lies on the other, in square pixels. */
function shared(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left)
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
  return width > 0 && height > 0 ? width * height : 0
}
