import { type Head, listEntries } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import type { Held } from '@foyer/contract/state.ts'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { useSync } from '../../sync.ts'

/** How near the top one has to be for the page before to be read. */
const nearPx = 600

/** Reads earlier pages when their time comes. */
export function useOlder(given: {
  id: string
  scroller: RefObject<HTMLDivElement | null>
  held: Held<Entry, Head>
}): { loading: boolean; failed: boolean; load: () => void } {
  const { id, scroller, held } = given
  const { live } = useSync()
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const busy = useRef(false)
  const first = held.entries[0]?.seq

  const load = useCallback(() => {
    if (busy.current || first === undefined) return
    busy.current = true
    setState('loading')
    api.call(listEntries, { params: { conversationId: id }, query: { before: first } }).then(
      (page) => {
        busy.current = false
        live.prepend(id, page)
        setState('idle')
      },
      () => {
        busy.current = false
        setState('failed')
      },
    )
  }, [id, live, first])

  useEffect(() => {
    const element = scroller.current
    if (!element || !held.older || state === 'failed') return
    function look() {
      if (element && element.scrollTop < nearPx) load()
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [scroller, held.older, state, load])

  return { loading: state === 'loading', failed: state === 'failed', load }
}
