import { type FrameMessage, isFrom, type PanelMessage, readPanelMessage } from '../bridge/messages.ts'

/** The panel on the site's page that this frame stands in. */
export type Panel = {
  state(): PanelMessage
  /** Whether a person has this conversation before their eyes right now. */
  seen(): boolean
  subscribe(listener: () => void): () => void
  close(): void
  open(): void
  /** While closed: how many pixels high we would be to show what came; 0: not at all. */
  peek(height: number): void
  /** Tells the button what it shows while the conversation is closed. */
  tell(state: { badge: string | null; unread: number; color: string }): void
}

/** Messages of the site's page are taken at most this often, the latest counts: a flood of them costs nothing. */
const paceMs = 30

/** Speaks with the loader on the site's page. Opened by itself, in no frame, the conversation is simply open. */
export function connectPanel(site: string): Panel {
  const outside = window.parent === window ? null : window.parent
  const listeners = new Set<() => void>()
  let state: PanelMessage = {
    foyer: 1,
    type: 'panel',
    open: !outside,
    full: !outside,
    attended: !outside,
    focus: 0,
  }
  let latest: PanelMessage | null = null
  let pace: ReturnType<typeof setTimeout> | null = null
  let told = ''
  let said: Parameters<Panel['tell']>[0] | null = null
  let height = 0

  function changed(): void {
    for (const listener of [...listeners]) listener()
  }

  function take(): void {
    pace = null
    if (!latest) return
    state = latest
    latest = null
    pace = setTimeout(take, paceMs)
    changed()
  }

  function say(message: FrameMessage): void {
    try {
      outside?.postMessage(message, site)
    } catch {
      // The site has an opaque origin that no message can be addressed to; the button does without.
    }
  }

  function tell(next: Parameters<Panel['tell']>[0]): void {
    said = next
    const text = JSON.stringify([next, height])
    if (text === told) return
    told = text
    say({ foyer: 1, type: 'state', ...next, peek: height })
  }

  window.addEventListener('message', (event) => {
    if (!isFrom(event, site, outside)) return
    const message = readPanelMessage(event.data)
    if (!message) return
    latest = message
    if (!pace) take()
  })
  for (const type of ['focus', 'blur']) window.addEventListener(type, changed)
  document.addEventListener('visibilitychange', changed)
  say({ foyer: 1, type: 'ready' })

  return {
    state: () => state,
    seen: () =>
      state.open && document.visibilityState === 'visible' && (state.attended || document.hasFocus()),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => say({ foyer: 1, type: 'close' }),
    open: () => say({ foyer: 1, type: 'open' }),
    peek(next) {
      height = next
      if (said) tell(said)
    },
    tell,
  }
}
