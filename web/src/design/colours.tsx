import { contrast, pairs, type Theme, type Token } from './contrast.ts'
import { Part } from './part.tsx'

const meanings: Readonly<Record<string, string>> = {
  canvas: 'what everything lies on',
  surface: 'a sheet',
  raised: 'what lies on a sheet',
  sunk: 'what is let into a sheet',
  ink: 'what is read',
  soft: 'what is read second',
  faint: 'what may be missed',
  line: 'parts one thing from another',
  edge: 'the edge of a control',
  accent: 'what can be done',
  own: 'what I wrote',
  ember: 'what needs me',
  green: 'who is there',
  amber: 'what stays among us',
  red: 'what failed',
}

/** Every colour with its meaning, and how well what stands on it can be read. */
export function Colours({ colours }: { colours: readonly Token[] }) {
  return (
    <div className="grid full:grid-cols-2">
      {(['light', 'dark'] as const).map((theme) => (
        <div
          key={theme}
          className="flex flex-col gap-8 bg-canvas p-6 text-ink"
          style={{ colorScheme: theme }}
        >
          <Part title={`Colours, ${theme}`}>
            <ul className="grid grid-cols-2 gap-3 wide:grid-cols-4">
              {colours.map(({ name }) => (
                <li key={name} className="flex flex-col">
                  <span
                    className="mb-1 h-14 rounded-md border border-line"
                    style={{ background: `var(--${name})` }}
                  />
                  <b className="text-dense font-semibold">{name}</b>
                  <span className="text-small text-faint">{meanings[name]}</span>
                </li>
              ))}
            </ul>
          </Part>
          <Part title="Contrast">
            <Measured colours={colours} theme={theme} />
          </Part>
        </div>
      ))}
    </div>
  )
}

function Measured({ colours, theme }: { colours: readonly Token[]; theme: Theme }) {
  const named = (name: string) => colours.find((each) => each.name === name)?.[theme]
  return (
    <ul className="grid grid-cols-2 gap-2 wide:grid-cols-4">
      {pairs.map(({ ink, ground, least }) => {
        const [one, other] = [named(ink), named(ground)]
        const is = one && other ? contrast(one, other) : 0
        return (
          <li
            key={`${ink} ${ground}`}
            className="flex justify-between gap-2 rounded-md px-2 py-1.5 text-small"
            style={{ background: `var(--${ground})`, color: `var(--${ink})` }}
          >
            <span>
              {ink} on {ground}
            </span>
            <b className="tabular">
              {is.toFixed(1)}
              {is < least ? ' – too little' : ''}
            </b>
          </li>
        )
      })}
    </ul>
  )
}
