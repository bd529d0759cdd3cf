import { ArchView, Mug, Vignette } from './scene.tsx'

/** All is answered: the mug still steams, the sun is over the hills. */
export function CaughtUp() {
  return (
    <Vignette behind={<ArchView />}>
      <rect x="146" y="140" width="56" height="10" rx="3" fill="var(--blue)" />
      <rect x="150" y="130" width="48" height="10" rx="3" fill="var(--gold)" />
      <path
        d="M86 92c0-10 9-11 9-21s-7-9-7-18M104 94c0-10 8-11 8-21s-6-9-6-16"
        fill="none"
        stroke="var(--paper)"
        strokeWidth="4.5"
        strokeLinecap="round"
        opacity=".85"
      />
      <Mug x={96} y={150} />
    </Vignette>
  )
}
