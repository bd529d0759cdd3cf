import { Plant, Vignette } from './scene.tsx'

/** Letters and pictures go into a box: what is let go here is sent. */
export function Letterbox() {
  return (
    <Vignette>
      <Plant x={196} y={150} size={0.8} />
      <g transform="rotate(-9 92 58)">
        <rect x="70" y="26" width="44" height="58" rx="4" fill="var(--paper)" />
        <path
          d="M78 40h28M78 50h28M78 60h18"
          stroke="var(--soot)"
          strokeWidth="3"
          strokeLinecap="round"
          opacity=".35"
        />
      </g>
      <g transform="rotate(7 142 52)">
        <rect x="120" y="24" width="48" height="56" rx="4" fill="var(--sky)" />
        <circle cx="153" cy="40" r="7" fill="var(--sun)" />
        <path
          d="M120 66c12-12 24-10 33-3 6 4 11 4 15 2v11a4 4 0 0 1-4 4h-40a4 4 0 0 1-4-4z"
          fill="var(--hill)"
        />
      </g>
      <path d="M62 92h116v48a10 10 0 0 1-10 10H72a10 10 0 0 1-10-10z" fill="var(--clay)" />
      <path d="M58 84h124a4 4 0 0 1 4 4v8H54v-8a4 4 0 0 1 4-4z" fill="var(--clay-lit)" />
      <rect x="82" y="88" width="76" height="5" rx="2.5" fill="var(--soot)" />
      <rect x="104" y="112" width="32" height="20" rx="3" fill="var(--gold)" />
    </Vignette>
  )
}
