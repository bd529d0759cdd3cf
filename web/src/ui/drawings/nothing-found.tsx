import { Vignette } from './scene.tsx'

/** A drawer pulled out, a glass over it, and nothing in it that fits. */
export function NothingFound() {
  return (
    <Vignette>
      <path d="M74 70h70v60H74z" fill="var(--paper-shade)" transform="rotate(-5 108 100)" />
      <path d="M84 62h74v70H84z" fill="var(--paper)" transform="rotate(3 120 96)" />
      <path d="M96 78h34M95 90h44M94 102h24" {...line} transform="rotate(3 120 96)" />
      <path d="M54 116h132v34H54z" fill="var(--pine)" />
      <path d="M54 116h132v9H54z" fill="var(--pine-deep)" />
      <rect x="104" y="131" width="32" height="9" rx="4.5" fill="var(--gold)" />
      <path d="M176 92l26 34" stroke="var(--wood-deep)" strokeWidth="10" strokeLinecap="round" />
      <circle cx="156" cy="68" r="29" fill="var(--sky)" opacity=".7" />
      <circle cx="156" cy="68" r="29" fill="none" stroke="var(--gold)" strokeWidth="8" />
      <path d="M140 62a18 18 0 0 1 13-11" {...line} stroke="var(--paper)" />
    </Vignette>
  )
}

const line = { fill: 'none', stroke: 'var(--wood)', strokeWidth: 4.5, strokeLinecap: 'round' } as const
