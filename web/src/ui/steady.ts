/** What a steady list shows instead of what is true at this moment. */
export type Steady = {
  shown: readonly string[]
  /** Of those shown, the ones that have left the list; they stay in their place until the hand is gone. */
  gone: ReadonlySet<string>
  /** How many rows belong higher up than they are shown, or are not shown yet. */
  waiting: number
}

/**
 * Keeps every row up to the anchor (what is pointed at, or the first in view) where it is. Below it the truth is shown;
 * rows that moved up past the anchor keep their old place until then.
 *
 * @param own a row that one moves oneself: where it goes is no news
 */
export function steady(
  shown: readonly string[],
  live: readonly string[],
  anchor: string | null,
  own?: string,
): Steady {
  const at = anchor === null ? -1 : shown.indexOf(anchor)
  if (at < 0) return { shown: live, gone: new Set(), waiting: 0 }
  const head = shown.slice(0, at + 1)
  const fixed = new Set(head)
  const present = new Set(live)
  const gone = new Set(head.filter((id) => !present.has(id)))
  const below = firstBelow(live, head)
  const waiting = live.slice(0, below).filter((id) => !fixed.has(id))
  const known = new Set(shown)
  const tail = live.slice(below).filter((id) => !fixed.has(id))
  for (const mover of waiting.filter((id) => known.has(id))) {
    const before = shown[shown.indexOf(mover) - 1]
    const place = before === undefined ? -1 : tail.indexOf(before)
    tail.splice(place + 1, 0, mover)
  }
  // When only the anchor itself has moved, the rows that passed it are no news.
  const news = sameOrder(shown, live, anchor) ? waiting.filter((id) => !known.has(id)) : waiting
  const foreign = news.filter((id) => id !== own)
  return { shown: [...head, ...tail], gone, waiting: foreign.length + risen(head, live, [anchor, own]) }
}

/** How many of the rows held in place have moved up past others of them, some left out. */
function risen(
  head: readonly string[],
  live: readonly string[],
  leaveOut: readonly (string | null | undefined)[],
): number {
  const place = new Map(live.map((id, index) => [id, index]))
  let lowest = -1
  let count = 0
  for (const id of head) {
    const now = leaveOut.includes(id) ? undefined : place.get(id)
    if (now === undefined) continue
    if (now < lowest) count++
    lowest = Math.max(lowest, now)
  }
  return count
}

function sameOrder(shown: readonly string[], live: readonly string[], leaveOut: string | null): boolean {
  const known = new Set(shown)
  const present = new Set(live)
  const before = shown.filter((id) => id !== leaveOut && present.has(id))
  const after = live.filter((id) => id !== leaveOut && known.has(id))
  return before.every((id, index) => id === after[index])
}

/** Where, in the true order, the part below the anchor begins: after the anchor, or after the last fixed row still there. */
function firstBelow(live: readonly string[], head: readonly string[]): number {
  for (let index = head.length - 1; index >= 0; index--) {
    const at = live.indexOf(head[index] ?? '')
    if (at >= 0) return at + 1
  }
  return 0
}
