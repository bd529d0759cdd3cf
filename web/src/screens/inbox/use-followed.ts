import { useLayoutEffect, useRef } from 'react'

/**
 * The key of the row that is open, undefined where it is not in the list, and whether it has just come to be another one:
 * whoever takes a conversation moves its row to another section, and means to go on from there.
 */
export function useFollowed(
  live: readonly string[],
  idOf: (key: string) => string,
  open: string | undefined,
): { own: string | undefined; hasMoved: boolean } {
  const own = live.find((key) => idOf(key) === open)
  const before = useRef<{ open: string | undefined; key: string | undefined }>(undefined)
  const last = before.current?.open === open ? before.current?.key : undefined
  useLayoutEffect(() => {
    // Between leaving one section and coming to the other it may be in neither.
    before.current = { open, key: own ?? last }
  })
  return { own, hasMoved: own !== undefined && last !== undefined && own !== last }
}
