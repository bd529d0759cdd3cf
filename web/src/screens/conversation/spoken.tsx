import type { Head } from '@foyer/contract/conversations.ts'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { besides } from '../../soon.ts'
import { classes } from '../../ui/classes.ts'
import { MessageMarks } from './message-marks.tsx'
import type { MessageTools } from './message-tools.tsx'
import type { Message } from './timeline.ts'

/** Fetched beside the first screen, and there at once from then on: whoever presses Tab right after an arrow means them. */
let Tools: typeof MessageTools | null = null
const loadTools = besides(async () => {
  Tools = (await import('./message-tools.tsx')).MessageTools
  return Tools
})

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
  const [isMeant, setMeant] = useState(false)
  const [hasTools, setHasTools] = useState(Tools !== null)
  useEffect(() => {
    if (isHere && !hasTools) void loadTools().then(() => setHasTools(true))
  }, [isHere, hasTools])
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
      onBlur={({ relatedTarget }) => {
        setHere(box.current?.contains(relatedTarget) ?? false)
        setMeant(false)
      }}
      onKeyDown={(event) => {
        // Tab means the tools, also while they are fetched for the first time.
        if (event.key === 'Tab' && !event.shiftKey && event.target === box.current && !Tools) {
          event.preventDefault()
          setMeant(true)
        } else moveOn(event, box.current)
      }}
      className={classes(look, side === 'start' ? 'items-start' : 'items-end')}
    >
      {children}
      {marks ? <MessageMarks entry={entry} marks={marks} head={head} /> : null}
      {(isHere || isHeld) && Tools ? (
        <Tools
          entry={entry}
          head={head}
          side={side}
          takesFocus={isMeant}
          hold={(isOpen) => {
            setHeld(isOpen)
            if (!isOpen) setHere(true)
          }}
        />
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
