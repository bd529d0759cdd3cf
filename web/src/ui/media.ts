import { useCallback, useMemo, useSyncExternalStore } from 'react'

/** Whether a media query holds, kept up to date. */
export function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query])
  const subscribe = useCallback(
    (changed: () => void) => {
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    [list],
  )
  return useSyncExternalStore(subscribe, () => list.matches)
}

/*
 * In the browser's own font size, as everything that has to fit is: whoever reads larger letters has less room.
 */

/** Room for list and conversation side by side. */
export const useWide = () => useMedia('(min-width: 47.5rem)')
/** Room for the bar with words as well. */
export const useFull = () => useMedia('(min-width: 68.75rem)')
/** Room for the side panel as well, beside the widest list. */
export const useRoomy = () => useMedia('(min-width: 85rem)')
