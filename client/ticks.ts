/** What is waited for is looked at this often. */
export const tickMs = 2_000

/** Calls back every two seconds, hidden or not as far as the browser lets us, until the returned function is called. */
export function startTicks(tick: () => void): () => void {
  let worker: Worker | null = null
  const timer = setInterval(tick, tickMs)

  function follow(): void {
    if (document.visibilityState === 'visible') {
      worker?.terminate()
      worker = null
    } else worker ??= startWorker(tick)
  }
  if (typeof document !== 'undefined') {
    document.addEventListener('visibilitychange', follow)
    follow()
  }
  return () => {
    clearInterval(timer)
    if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', follow)
    worker?.terminate()
  }
}

function startWorker(tick: () => void): Worker | null {
  try {
    const worker = new Worker(new URL('./beat-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = tick
    return worker
  } catch {
    // A page that may have none ticks as often as the browser lets it.
    return null
  }
}
