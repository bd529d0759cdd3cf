import type { Head } from '@foyer/contract/conversations.ts'
import type { DeskLive } from '../sync.ts'
import type { Tabs } from './tabs.ts'

export type Notes = {
  show(head: Head, words: { title: string; body: string }): void
  /** Whoever has read of a conversation elsewhere needs no notification of it any more. */
  settle(head: Head): void
  close(conversationId: string): void
  /** The conversations of which one is shown. */
  shown(): string[]
  stop(): void
}

/** As many are shown at once; more would only cover each other. */
const atMost = 10

type Shown = { notification: Notification; head: Head; unwatch: () => void }

/** The browser notifications this tab has shown: each leads to its conversation, and goes once that was seen or dealt with. */
export function createNotes(options: {
  live: DeskLive
  tabs: Tabs
  /** Whether heads of a conversation arrive by themselves; the others are followed while a notification is shown. */
  isFollowed: (head: Head) => boolean
  open: (conversationId: string) => void
}): Notes {
  const { live, tabs, isFollowed, open } = options
  const all = new Map<string, Shown>()

  function close(conversationId: string): void {
    const shown = all.get(conversationId)
    if (!shown) return
    all.delete(conversationId)
    shown.notification.close()
    shown.unwatch()
  }

  const stopLooking = tabs.onLook(close)
  const closeAll = () => {
    for (const id of [...all.keys()]) close(id)
  }
  window.addEventListener('pagehide', closeAll)

  return {
    show(head, { title, body }) {
      close(head.id)
      const [oldest] = all.keys()
      if (all.size >= atMost && oldest) close(oldest)
      const notification = make(title, {
        body,
        tag: `foyer:${head.id}`,
        silent: true,
      })
      if (!notification) return
      const shown = { notification, head, unwatch: isFollowed(head) ? () => {} : live.watch(head.id) }
      all.set(head.id, shown)
      notification.onclick = (event) => {
        event.preventDefault()
        window.focus()
        open(head.id)
        close(head.id)
      }
      notification.onclose = () => {
        if (all.get(head.id) !== shown) return
        all.delete(head.id)
        shown.unwatch()
      }
    },
    settle(head) {
      const shown = all.get(head.id)
      if (shown && head.n > shown.head.n && isSettled(shown.head, head)) close(head.id)
    },
    close,
    shown: () => [...all.keys()],
    stop() {
      stopLooking()
      window.removeEventListener('pagehide', closeAll)
      closeAll()
    },
  }
}

/** Whether somebody has seen to it since: read, answered, taken, given on or ended. */
function isSettled(then: Head, now: Head): boolean {
  return (
    now.assigneeId !== then.assigneeId ||
    now.state === 'ended' ||
    (now.state === 'pending' && then.state !== 'pending') ||
    (now.unread === 0 && then.unread > 0)
  )
}

/** On some phones only a service worker may show notifications; there the sound has to do. */
function make(title: string, options: NotificationOptions): Notification | null {
  try {
    return new Notification(title, options)
  } catch {
    return null
  }
}
