import { listEntries } from '@foyer/contract/conversations.ts'
import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { api } from '../../api.ts'
import { useLive, useSync } from '../../sync.ts'

/** So many earlier entries are asked for at once on the way to what was found. */
const pageSize = 200
/** What was found is scrolled to again while the log around it is still being laid out. */
const settleMs = 80
const settleTimes = 6
/** What is held may still have to be drawn; whoever waits longer than this has gone elsewhere. */
const drawnMs = 10_000

/** Brings the entry that a search has found into view, however far up it stands, and lets it light up. */
export function useFoundEntry(conversationId: string | undefined): void {
  const at = useRouterState({
    select: ({ location }) => Number(new URLSearchParams(location.searchStr).get('at')) || null,
  })
  const { live } = useSync()
  const held = useLive((each) =>
    conversationId === undefined ? undefined : each.conversation(conversationId),
  )
  const shown = useRef('')
  const busy = useRef(false)
  const leave = useRef<() => void>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was looked for is of no interest once something else is
  useEffect(() => () => leave.current?.(), [conversationId, at])
  useEffect(() => {
    const wanted = `${conversationId} ${at}`
    if (!conversationId || at === null || !held || shown.current === wanted) return
    const entry = held.entries.find(({ seq }) => seq === at)
    if (entry) {
      shown.current = wanted
      leave.current = bringIntoView(entry.id)
      return
    }
    const first = held.entries[0]?.seq
    if (busy.current || !held.older || first === undefined || first < at) return
    busy.current = true
    const query = { before: first, limit: pageSize }
    api
      .call(listEntries, { params: { conversationId }, query })
      .then((page) => {
        busy.current = false
        live.prepend(conversationId, page)
      })
      .catch(() => {
        // The log stands where it stood; scrolling up loads what is missing.
        busy.current = false
      })
  }, [live, held, conversationId, at])
}

/** Scrolls to an entry as soon as it is drawn; returns how to leave off. */
function bringIntoView(entryId: string): () => void {
  const until = performance.now() + drawnMs
  const id = CSS.escape(entryId)
  let times = 0
  let timer = setTimeout(look)
  function look() {
    const line = document.querySelector<HTMLElement>(`main :is([data-entry="${id}"], [data-note="${id}"])`)
    line?.scrollIntoView({ block: 'center' })
    if (line && times++ === 0) {
      const color = getComputedStyle(line).getPropertyValue('--amber') || 'orange'
      line.animate([{ boxShadow: `0 0 0 3px ${color}` }, { boxShadow: `0 0 0 3px transparent` }], {
        duration: 4_000,
        easing: 'ease-in',
      })
    }
    if (times < settleTimes && performance.now() < until) timer = setTimeout(look, settleMs)
  }
  return () => clearTimeout(timer)
}
