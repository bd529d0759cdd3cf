import { Vignette } from './scene.tsx'

/** Letters in their rack, one of them drawn: which shall it be? */
export function PickOne() {
  return (
    <Vignette>
      <Letter x={80} y={62} turn={-7} paper="var(--sky)" />
      <Letter x={150} y={66} turn={8} paper="var(--leaf)" />
      <Letter x={114} y={34} turn={2} sealed />
      <path d="M58 104h124l-8 46H66z" fill="var(--wood-deep)" />
      <path d="M58 104h124l-2 11H60z" fill="var(--clay)" />
      <path d="M112 150v-14a8 8 0 0 1 16 0v14z" fill="var(--wood)" />
    </Vignette>
  )
}

type LetterProps = { x: number; y: number; turn: number; paper?: string; sealed?: true }

function Letter({ x, y, turn, paper = 'var(--paper)', sealed }: LetterProps) {
  return (
    <g transform={`translate(${x} ${y}) rotate(${turn})`}>
      <rect x="-36" width="84" height="62" rx="5" fill={paper} />
      <path
        d="M-36 5a5 5 0 0 1 5-5h74a5 5 0 0 1 5 5L10 32q-4 3-8 0z"
        fill="var(--soot)"
        opacity={sealed ? 0.16 : 0.18}
      />
      {sealed ? <circle cx="6" cy="32" r="8.5" fill="var(--flame)" /> : null}
    </g>
  )
}
