import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef } from 'react'
import { type Steady, steady } from './steady.ts'

/**
 * Holds a list still under the hand. Rows carry `data-row` with their key. Whatever is pointed at, or is first in view
 * once the list is scrolled, does not move; `release` shows the truth.
 *
 * @param own the row that one moves oneself: where it goes is no news
 * @param follow its key where that has come to be another one: nothing is held then, so that the list can go with it
 */
export function useSteady(
  live: readonly string[],
  scroller: RefObject<HTMLElement | null>,
  { own, follow = false }: { own?: string | undefined; follow?: boolean },
): Steady & { release: () => void } {
  const shown = useRef(live)
  const pointed = useRef<string | null>(null)
  const inView = useRef<string | null>(null)
  const [, renew] = useReducer((count: number) => count + 1, 0)
  const anchor = follow ? null : (pointed.current ?? inView.current)
  const result = steady(shown.current, live, anchor, own)

  useLayoutEffect(() => {
    shown.current = result.shown
  })

  useEffect(() => {
    const list = scroller.current
    if (!list) return
    function letGo() {
      if (pointed.current === null) return
      pointed.current = null
      renew()
    }
    function onPointerMove(event: PointerEvent) {
      if (event.pointerType === 'touch' || !(event.target instanceof Element)) return
      pointed.current = event.target.closest<HTMLElement>('[data-row]')?.dataset.row ?? null
    }
    function onScroll() {
      const before = inView.current
      inView.current = list && list.scrollTop > 4 ? firstInView(list) : null
      if (before !== null && inView.current === null) renew()
    }
    list.addEventListener('pointermove', onPointerMove)
    list.addEventListener('pointerleave', letGo)
    list.addEventListener('scroll', onScroll, { passive: true })
    // Whoever types or looks elsewhere has no hand on the list.
    window.addEventListener('blur', letGo)
    document.addEventListener('keydown', letGo)
    return () => {
      list.removeEventListener('pointermove', onPointerMove)
      list.removeEventListener('pointerleave', letGo)
      list.removeEventListener('scroll', onScroll)
      window.removeEventListener('blur', letGo)
      document.removeEventListener('keydown', letGo)
    }
  }, [scroller])

  const release = useCallback(() => {
    pointed.current = null
    inView.current = null
    scroller.current?.scrollTo({ top: 0 })
    renew()
  }, [scroller])
  return { ...result, release }
}

function firstInView(list: HTMLElement): string | null {
  const top = list.getBoundingClientRect().top
  for (const row of list.querySelectorAll<HTMLElement>('[data-row]')) {
    if (row.getBoundingClientRect().bottom > top) return row.dataset.row ?? null
  }
  return null
}
