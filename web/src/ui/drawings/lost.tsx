import { ArchView, Vignette } from './scene.tsx'

/** A signpost where the ways part. */
export function Lost() {
  return (
    <Vignette behind={<ArchView />}>
      <path d="M76 150l8-26 8 26zM88 150l6-18 6 18z" fill="var(--pine-deep)" />
      <path d="M126 44h9v106h-9z" fill="var(--wood-deep)" />
      <circle cx="130.5" cy="42" r="6.5" fill="var(--gold)" />
      <path d="M112 54h62l14 12-14 12h-62z" fill="var(--clay)" />
      <path d="M148 86H92L78 97l14 11h56z" fill="var(--pine)" />
      <path
        d="M122 66h42M102 97h34"
        stroke="var(--paper)"
        strokeWidth="4"
        strokeLinecap="round"
        opacity=".8"
      />
      <path d="M112 150c2-8 10-11 18-11s17 3 19 11z" fill="var(--leaf)" />
    </Vignette>
  )
}
