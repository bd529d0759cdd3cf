import { ArchView, Cat, Vignette } from './scene.tsx'

/** Nothing has happened: the cat sleeps on the sill. */
export function Quiet() {
  return (
    <Vignette behind={<ArchView />}>
      <rect x="62" y="136" width="124" height="15" rx="7.5" fill="var(--clay)" />
      <Cat x={122} y={138} />
    </Vignette>
  )
}
