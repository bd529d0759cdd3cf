import { useEffect } from 'react'

/** Longer than a dialog takes to give the focus back, shorter than a key press takes. */
const graceMs = 80

/** When what had the focus goes from the page and nothing has taken it, the row that is open takes it, else the main part. */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const remember = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null
    }
    const isLost = () =>
      last !== null &&
      !last.isConnected &&
      (document.activeElement === null || document.activeElement === document.body)
    const observer = new MutationObserver(() => {
      if (!isLost() || timer !== undefined) return
      timer = setTimeout(() => {
        timer = undefined
        if (!isLost()) return
        const row = document.querySelector<HTMLElement>('[data-row] a[aria-current="page"]')
        const place = row ?? document.querySelector<HTMLElement>('main')
        place?.focus({ preventScroll: true })
      }, graceMs)
    })
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', remember)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      document.removeEventListener('focusin', remember)
    }
  }, [])
}
