import { readKept, writeKept } from '../ui/kept.ts'

export type Tabs = {
  /** Whether this tab is the one that makes this sign; of all tabs of the browser one is, and once. */
  claim(key: string): Promise<boolean>
  /** Whether somebody has this conversation before them, in whichever tab. */
  isInView(conversationId: string): boolean
  /** Tells the other tabs what is before somebody's eyes here; to be called when it may have changed. */
  look(): void
  /** Calls back with a conversation that came before somebody's eyes, in whichever tab. */
  onLook(listener: (conversationId: string) => void): () => void
  stop(): void
}

/** So long a sign is held; by then every tab remembers that it was made. */
const holdMs = 30_000
/** Where the browser has no locks: so long it is watched whether another tab wrote last. */
const settleMs = 80
const remembered = 200

type Word = { tab: string; inView: string | null } | { who: true }

/** What the tabs of one browser in which the same operator is logged in know of each other. */
export function createTabs(meId: string): Tabs {
  const tab = crypto.randomUUID()
  const name = `foyer:signs:${meId}`
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)
  const inViewOf = new Map<string, string>()
  const listeners = new Set<(conversationId: string) => void>()
  const own = new Set<string>()
  let told: string | null = null

  function look(): void {
    const now = inFront()
    if (now === told) return
    told = now
    say({ tab, inView: now })
    if (now) for (const listener of [...listeners]) listener(now)
  }

  function leave(): void {
    told = null
    say({ tab, inView: null })
  }

  function say(word: Word): void {
    channel?.postMessage(word)
  }

  const hear = ({ data }: MessageEvent<Word>) => {
    if ('who' in data) return say({ tab, inView: told })
    if (data.inView === null) inViewOf.delete(data.tab)
    else {
      inViewOf.set(data.tab, data.inView)
      for (const listener of [...listeners]) listener(data.inView)
    }
  }
  channel?.addEventListener('message', hear)
  for (const event of ['focus', 'blur', 'pageshow']) window.addEventListener(event, look)
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', look)
  say({ who: true })
  look()

  const done = () => readKept<string[]>(`signs:${meId}`) ?? []

  function remember(key: string): void {
    own.add(key)
    writeKept(`signs:${meId}`, [...done(), key].slice(-remembered))
  }

  return {
    async claim(key) {
      if (own.has(key) || done().includes(key)) return false
      if (!navigator.locks) return claimByWriting(meId, tab, key, remember)
      return new Promise((answer) => {
        void navigator.locks.request(`${name}:${key}`, { ifAvailable: true }, async (lock) => {
          if (!lock || done().includes(key)) return answer(false)
          remember(key)
          answer(true)
          await new Promise((over) => setTimeout(over, holdMs))
        })
      })
    },
    isInView(conversationId) {
      return inFront() === conversationId || [...inViewOf.values()].includes(conversationId)
    },
    look,
    onLook(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      leave()
      channel?.close()
      for (const event of ['focus', 'blur', 'pageshow']) window.removeEventListener(event, look)
      window.removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', look)
    },
  }
}

/** The conversation that is open in this tab, if somebody looks at it. */
function inFront(): string | null {
  if (document.visibilityState !== 'visible' || !document.hasFocus()) return null
  return /^\/(?:inbox|conversations)\/([^/]+)/.exec(location.pathname)?.[1] ?? null
}

/** Of several tabs that write, the one that wrote last is it. */
async function claimByWriting(
  meId: string,
  tab: string,
  key: string,
  remember: (key: string) => void,
): Promise<boolean> {
  const place = `sign:${meId}`
  const taken = readKept<{ key: string; tab: string }>(place)
  if (taken?.key === key) return false
  writeKept(place, { key, tab })
  await new Promise((settled) => setTimeout(settled, settleMs))
  const last = readKept<{ key: string; tab: string }>(place)
  const isMine = last === undefined || last.key !== key || last.tab === tab
  if (isMine) remember(key)
  return isMine
}
