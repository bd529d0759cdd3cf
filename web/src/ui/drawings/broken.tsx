import { Vignette } from './scene.tsx'

/** A mug that fell: a pity, and nothing that cannot be swept up. */
export function Broken() {
  return (
    <Vignette>
      <path
        d="M62 152c8-8 32-6 46-7 26-2 56-2 78 3 10 3 6 8-4 8H78c-14 0-20-1-16-4z"
        fill="var(--soot)"
        opacity=".85"
      />
      <g transform="rotate(-18 100 130)">
        <path d="M74 98h7M136 108h8a13 13 0 0 1 0 27h-10" fill="none" stroke="var(--clay)" strokeWidth="8" />
        <path
          d="M70 92l14 10 10-9 12 12 12-11 10 9 8-7v34a22 22 0 0 1-22 22H92a22 22 0 0 1-22-22z"
          fill="var(--clay)"
        />
        <path
          d="M70 92l14 10 10-9 12 12 12-11 10 9 8-7v12l-8 7-10-9-12 11-12-12-10 9-14-10z"
          fill="var(--clay-lit)"
        />
      </g>
      <path d="M168 150l8-22 18 8 4 14z" fill="var(--clay)" />
      <path d="M176 128l18 8-2 6-17-8z" fill="var(--clay-lit)" />
      <path d="M50 150l-8-9 14-5 6 14z" fill="var(--clay)" />
      <path
        d="M120 62l5-14M142 70l11-9M98 66l-6-11"
        stroke="var(--gold)"
        strokeWidth="5"
        strokeLinecap="round"
      />
    </Vignette>
  )
}
