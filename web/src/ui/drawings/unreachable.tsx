import { Vignette } from './scene.tsx'

/** A plug beside its socket: one push, and all is well again. */
export function Unreachable() {
  return (
    <Vignette>
      <path d="M24 150c22 2 30-8 30-24s10-24 26-24" {...cord} />
      <rect x="72" y="86" width="40" height="32" rx="9" fill="var(--pine)" />
      <path d="M72 95a9 9 0 0 1 9-9h5v32h-5a9 9 0 0 1-9-9z" fill="var(--pine-deep)" />
      <path d="M112 94h13M112 110h13" stroke="var(--gold)" strokeWidth="6" strokeLinecap="round" />
      <path
        d="M164 80h14a12 12 0 0 1 12 12v20a12 12 0 0 1-12 12h-14a12 12 0 0 1-12-12V92a12 12 0 0 1 12-12z"
        fill="var(--clay)"
      />
      <path d="M152 92a12 12 0 0 1 12-12h2v44h-2a12 12 0 0 1-12-12z" fill="var(--clay-lit)" />
      <path d="M155 94h7M155 110h7" stroke="var(--soot)" strokeWidth="5" strokeLinecap="round" />
      <path d="M190 102c20 0 24 12 24 28v20" {...cord} />
      <path
        d="M139 86l3-16M131 82l-6-12M147 84l8-11"
        stroke="var(--gold)"
        strokeWidth="5"
        strokeLinecap="round"
      />
    </Vignette>
  )
}

const cord = { fill: 'none', stroke: 'var(--hill-near)', strokeWidth: 6, strokeLinecap: 'round' } as const
