import { useSyncExternalStore } from 'react'

/** Whether a media query holds, kept up to date. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}

/** Room for list and conversation side by side. */
export const useWide = () => useMedia('(min-width: 720px)')
/** Room for the side panel as well. */
export const useFull = () => useMedia('(min-width: 1100px)')
