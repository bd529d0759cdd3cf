import type { ReactNode } from 'react'

/** A small picture: things on a shelf before an arch, which is the product's mark. Nobody needs to hear of it. */
export function Vignette({ behind, children }: { behind?: ReactNode; children: ReactNode }) {
  return (
    <svg viewBox="0 0 240 176" className="drawing h-auto w-full" aria-hidden="true">
      <path d="M48 152V88a72 72 0 0 1 144 0v64z" fill="var(--wall)" />
      {behind}
      <rect x="18" y="150" width="204" height="9" rx="4.5" fill="var(--wood)" />
      {children}
    </svg>
  )
}

/** The arch as a window: what is seen through it is cut to its shape by being drawn within it. */
export function ArchView() {
  return (
    <>
      <path d="M60 150V88a60 60 0 0 1 120 0v62z" fill="var(--sky)" />
      <circle cx="136" cy="92" r="38" fill="var(--sun)" opacity=".28" />
      <circle cx="136" cy="92" r="25" fill="var(--sun)" />
      <path d="M60 116c24-18 44-16 62-5s38 10 58-12v51H60z" fill="var(--hill)" />
      <path d="M60 130c30-12 54-8 78-2 18 4 32 1 42-6v28H60z" fill="var(--hill-near)" />
    </>
  )
}

/** A mug of clay, `x` and `y` where it stands. */
export function Mug({ x, y, size = 1 }: { x: number; y: number; size?: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`}>
      <path d="M27-38h7a12 12 0 0 1 0 25h-10" fill="none" stroke="var(--clay)" strokeWidth="7" />
      <path d="M-30-50h60v29A21 21 0 0 1 9 0H-9a21 21 0 0 1-21-21z" fill="var(--clay)" />
      <path d="M-30-50h60v12h-60z" fill="var(--clay-lit)" />
      <ellipse cy="-50" rx="30" ry="4.6" fill="var(--soot)" />
    </g>
  )
}

/** A plant in its pot. */
export function Plant({ x, y, size = 1 }: { x: number; y: number; size?: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`}>
      <path
        d="M0-26c-2-23-19-26-22-46 17 4 24 18 23 33 3-19 13-27 26-29-1 20-15 24-22 42z"
        fill="var(--leaf)"
      />
      <path d="M0-26c-1-17 1-34-3-52 10 12 11 34 8 52z" fill="var(--hill-near)" />
      <path d="M-24 0l5-29h38l5 29z" fill="var(--pine)" />
      <path d="M-21-29h42l1 7h-44z" fill="var(--pine-deep)" />
    </g>
  )
}

/** A cat asleep, rolled up, `x` and `y` the middle of where it lies. */
export function Cat({ x, y, size = 1 }: { x: number; y: number; size?: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`}>
      <path d="M-46 0c-4-34 22-50 50-48 30 2 46 24 42 48z" fill="var(--gold)" />
      <path
        d="M40-6c10 8 2 12-10 11-20-1-36-1-50-3"
        fill="none"
        stroke="var(--clay-lit)"
        strokeWidth="9"
        strokeLinecap="round"
      />
      <path d="M-2-47c6 8 6 14 4 20M14-46c7 7 8 14 6 20M28-38c5 6 6 10 5 16" {...stripe} />
      <path d="M-52-26l0-16 12 8q7-2 13 0l12-8 0 17q4 14-6 21-12 7-24 0-11-8-7-22z" fill="var(--gold)" />
      <path d="M-45-17q4 4 8 0M-29-17q4 4 8 0" {...closed} />
      <path d="M-35-11h4l-2 3z" fill="var(--clay)" />
    </g>
  )
}

const stripe = { fill: 'none', stroke: 'var(--clay-lit)', strokeWidth: 5, strokeLinecap: 'round' } as const
const closed = { fill: 'none', stroke: 'var(--soot)', strokeWidth: 2, strokeLinecap: 'round' } as const
