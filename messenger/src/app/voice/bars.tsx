import { barsOf } from '@foyer/client/waveform.ts'

const step = 4
const height = 28

/** How loud something is, bar by bar, from 0 to 100. `shown`: how much of it, from 0 to 1. */
export function Bars({ peaks, name, shown = 1 }: { peaks: readonly number[]; name: string; shown?: number }) {
  return (
    <svg
      class={`bars ${name}`}
      viewBox={`0 0 ${peaks.length * step} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      style={{ clipPath: `inset(0 ${(1 - shown) * 100}% 0 0)` }}
    >
      <path d={barsOf(peaks, { step, height })} />
    </svg>
  )
}
