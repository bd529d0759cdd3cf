import { useGo } from '../../link.tsx'
import { paths } from '../../paths.ts'

/** Goes to where all conversations are searched, with the hand in the field. */
export function useSearching(): () => void {
  const go = useGo()
  return () => {
    go(paths.conversations({}))
    // It is there once what was gone to is drawn.
    setTimeout(() => document.querySelector<HTMLElement>('main input[type="search"]')?.focus(), 50)
  }
}
