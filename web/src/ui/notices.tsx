import { X } from 'lucide-react'
import { useRef, useSyncExternalStore } from 'react'
import { Button, IconButton } from './button.tsx'
import { useFreePlace } from './use-free-place.ts'

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

/** Where notices appear: above everything, on nothing that can be pressed; what lies under their text can be all the same. */
export function Notices({ label, dismissLabel }: { label: string; dismissLabel: string }) {
  const shown = useSyncExternalStore(subscribe, () => notices)
  const stack = useRef<HTMLElement>(null)
  const place = useFreePlace(stack, shown.length > 0)
  return (
    <section
      ref={stack}
      aria-label={label}
      data-float
      style={place}
      className="pointer-events-none fixed z-50 flex w-max max-w-[calc(100vw-1rem)] flex-col items-center gap-2 [&_button]:pointer-events-auto"
    >
      {shown.map((notice) => (
        <div
          key={notice.id}
          role={notice.tone === 'error' ? 'alert' : 'status'}
          className="arrive flex max-w-lg items-center gap-2 rounded-lg bg-raised py-1.5 ps-4 pe-1.5 text-dense shadow-float"
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
