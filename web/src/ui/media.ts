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

/** Room for list and conversation side by side. */
export const useWide = () => useMedia('(min-width: 720px)')
/** Room for the side panel as well. */
export const useFull = () => useMedia('(min-width: 1100px)')
