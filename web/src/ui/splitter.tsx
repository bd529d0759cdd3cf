import { type KeyboardEvent, type PointerEvent, useRef } from 'react'

type SplitterProps = {
  label: string
  value: number
  min: number
  max: number
  /** `start`: the pane before the line grows when it moves to the end of the line. */
  onChange: (value: number) => void
}

/** The line between two panes: drag it, or focus it and use the arrow keys, Home and End. */
export function Splitter({ label, value, min, max, onChange }: SplitterProps) {
  const from = useRef<{ x: number; value: number } | null>(null)
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))))
  const forward = () => (getComputedStyle(document.documentElement).direction === 'rtl' ? -1 : 1)

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, value }
  }
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    if (from.current) set(from.current.value + (event.clientX - from.current.x) * forward())
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = event.shiftKey ? 40 : 8
    if (event.key === 'ArrowLeft') set(value - step * forward())
    else if (event.key === 'ArrowRight') set(value + step * forward())
    else if (event.key === 'Home') set(min)
    else if (event.key === 'End') set(max)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be focused nor carry a value
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        from.current = null
      }}
      onDoubleClick={() => set((min + max) / 2 - 20)}
      onKeyDown={onKeyDown}
      className="group relative z-10 w-2 shrink-0 cursor-col-resize touch-none focus-visible:outline-none"
    >
      <span className="absolute inset-y-0 -start-2 w-6" />
      <span className="absolute inset-y-3 start-[2.5px] w-[3px] rounded-full bg-transparent transition-colors group-hover:bg-edge/40 group-focus-visible:bg-accent group-active:bg-accent" />
    </div>
  )
}
