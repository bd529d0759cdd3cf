import type { Head } from '@foyer/contract/conversations.ts'
import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { soon } from '../../soon.ts'
import { classes } from '../../ui/classes.ts'
import { MessageMarks } from './message-marks.tsx'
import type { Message } from './timeline.ts'

const MessageTools = soon(async () => (await import('./message-tools.tsx')).MessageTools)

type SpokenProps = {
  message: Message
  head: Head
  side: 'start' | 'end'
  /** Who said it and when, for whoever gets there by keys. */
  label: string
  /** The last of the log is where Tab leads to; arrows go on from there. */
  isReachable: boolean
  children: ReactNode
}

/** One message with what can be done with it. Only the one under the pointer, or with the focus, has its tools. */
export function Spoken({ message, head, side, label, isReachable, children }: SpokenProps) {
  const { entry } = message
  const box = useRef<HTMLDivElement>(null)
  const [isHere, setHere] = useState(false)
  const [isHeld, setHeld] = useState(false)
  const marks = entry?.marks
  const known = useRef(marks)
  // What had the focus may be gone with what was done.
  useEffect(() => {
    if (isHere && marks !== known.current) keepFocus(box.current)
    known.current = marks
  }, [marks, isHere])
  if (!entry)
    return (
      <div data-entry={message.id} className={classes(look, side === 'start' ? 'items-start' : 'items-end')}>
        {children}
      </div>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: an article would be a landmark of its own for each message
    <div
      ref={box}
      role="group"
      aria-label={label}
      data-entry={message.id}
      tabIndex={isReachable ? 0 : -1}
      onPointerEnter={() => setHere(true)}
      onPointerLeave={() => setHere(box.current?.matches(':focus-visible, :has(:focus-visible)') ?? false)}
      onFocus={() => setHere(true)}
      onBlur={({ relatedTarget }) => setHere(box.current?.contains(relatedTarget) ?? false)}
      onKeyDown={(event) => moveOn(event, box.current)}
      className={classes(look, side === 'start' ? 'items-start' : 'items-end')}
    >
      {children}
      {marks ? <MessageMarks entry={entry} marks={marks} head={head} /> : null}
      {isHere || isHeld ? (
        <Suspense>
          <MessageTools
            entry={entry}
            head={head}
            side={side}
            hold={(isOpen) => {
              setHeld(isOpen)
              if (!isOpen) setHere(true)
            }}
          />
        </Suspense>
      ) : null}
    </div>
  )
}

const look = 'group relative flex max-w-full flex-col rounded-2xl'

/** Puts the focus on a message when it has been lost, as soon as nothing that lies over the page has it. */
function keepFocus(box: HTMLElement | null): void {
  const { activeElement } = document
  if (activeElement === document.body) box?.focus()
  else if (activeElement?.closest('[role="dialog"]')) requestAnimationFrame(() => keepFocus(box))
}

/** By arrows from message to message; by Escape from its tools back to it. */
function moveOn(event: KeyboardEvent, box: HTMLElement | null): void {
  if (event.key === 'Escape' && event.target !== box) return box?.focus()
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
  if (step === 0 || event.target !== box) return
  const all = [
    ...(box?.closest('[role="log"]')?.querySelectorAll<HTMLElement>('[data-entry][tabindex]') ?? []),
  ]
  const next = all[all.indexOf(box as HTMLElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
