import { serverNow } from '@foyer/client/clock.ts'
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let now = serverNow()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = serverNow()
  for (const listener of [...listeners]) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    now = serverNow()
    timer = setInterval(tick, 10_000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** The server's time, renewed every ten seconds for everything on the page at once. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
