import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button, IconButton } from './button.tsx'

type Notice = {
  id: string
  text: string
  tone: 'plain' | 'error'
  action?: { label: string; run: () => void }
  /** Until it is dismissed or done. */
  stays?: true
  /** How long it stands, where that is not for the kind to say. */
  ms?: number
}

let notices: readonly Notice[] = []
let count = 0
const listeners = new Set<() => void>()

function set(next: readonly Notice[]): void {
  notices = next
  for (const listener of [...listeners]) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows a line for some seconds; returns how to take it away. */
export function notify(notice: Omit<Notice, 'id'>): () => void {
  const id = String(++count)
  set([...notices.slice(-2), { ...notice, id }])
  const dismiss = () => set(notices.filter((other) => other.id !== id))
  if (!notice.stays)
    setTimeout(dismiss, notice.ms ?? (notice.tone === 'error' || notice.action ? 8_000 : 4_000))
  return dismiss
}

/** Where notices appear: above everything, in nobody's way. */
export function Notices({ label, dismissLabel }: { label: string; dismissLabel: string }) {
  const shown = useSyncExternalStore(subscribe, () => notices)
  return (
    <section
      aria-label={label}
      className="pointer-events-none fixed inset-x-0 top-14 z-50 [:root:has([data-connection])_&]:top-28 flex flex-col items-center gap-2 px-4"
    >
      {shown.map((notice) => (
        <div
          key={notice.id}
          role={notice.tone === 'error' ? 'alert' : 'status'}
          className="arrive pointer-events-auto flex max-w-lg items-center gap-2 rounded-lg bg-raised py-1.5 ps-4 pe-1.5 text-dense shadow-float"
        >
          <span className={notice.tone === 'error' ? 'text-red' : undefined}>{notice.text}</span>
          {notice.action ? (
            <Button
              look="quiet"
              className="font-medium text-accent!"
              onPress={() => {
                notice.action?.run()
                set(notices.filter((other) => other.id !== notice.id))
              }}
            >
              {notice.action.label}
            </Button>
          ) : null}
          <IconButton
            label={dismissLabel}
            onPress={() => set(notices.filter((other) => other.id !== notice.id))}
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </section>
  )
}
