/**
 * What the loader on the site's page and the frame from our origin say to each other. Each message carries a whole state,
 * never a step, so that losing or repeating one does no harm. No secret but the badge token ever crosses, and that token
 * can ask for a number and nothing else.
 */

/** Loader → frame. */
export type PanelMessage = {
  foyer: 1
  type: 'panel'
  open: boolean
  /** Fills the whole screen. */
  full: boolean
  /** Whether the site's page, or the frame in it, has the focus. */
  attended: boolean
  /** Counts up each time the frame is to take the focus. */
  focus: number
}

/** Frame → loader. */
export type FrameMessage =
  | { foyer: 1; type: 'ready' }
  | { foyer: 1; type: 'close' }
  | { foyer: 1; type: 'open' }
  | {
      foyer: 1
      type: 'state'
      badge: string | null
      unread: number
      color: string
      /** While closed: how many pixels high the frame wants to be to show what came; 0: not at all. */
      peek: number
    }

/** What both sides demand of a message before they look at what it says. */
export function isFrom(event: MessageEvent, origin: string, source: unknown): boolean {
  return event.isTrusted && !!source && event.source === source && event.origin === origin
}

export function isBadge(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value)
}

export function readPanelMessage(data: unknown): PanelMessage | null {
  const message = ours(data) as PanelMessage | null
  return message &&
    message.type === 'panel' &&
    typeof message.open === 'boolean' &&
    typeof message.full === 'boolean' &&
    typeof message.attended === 'boolean' &&
    typeof message.focus === 'number'
    ? message
    : null
}

export function readFrameMessage(data: unknown): FrameMessage | null {
  const message = ours(data) as FrameMessage | null
  if (!message) return null
  if (message.type === 'ready' || message.type === 'close' || message.type === 'open') return message
  return message.type === 'state' &&
    (message.badge === null || isBadge(message.badge)) &&
    typeof message.unread === 'number' &&
    message.unread >= 0 &&
    typeof message.color === 'string' &&
    typeof message.peek === 'number'
    ? message
    : null
}

function ours(data: unknown): object | null {
  return typeof data === 'object' && data !== null && (data as { foyer?: unknown }).foyer === 1 ? data : null
}
