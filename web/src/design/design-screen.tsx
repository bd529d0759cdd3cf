import { useState } from 'react'
import css from '../tokens.css?raw'
import { Button } from '../ui/button.tsx'
import { Drawing, drawingNames } from '../ui/drawings/drawing.tsx'
import { Colours } from './colours.tsx'
import { readColours, type Theme } from './contrast.ts'
import { Part } from './part.tsx'
import { PartsShown } from './parts-shown.tsx'
import { Scales } from './scales.tsx'

const colours = readColours(css)
const themes: readonly Theme[] = ['light', 'dark']

/** All tokens and every part of `ui/`, in both themes beside each other. Contributors alone see it: its words are English. */
export function DesignScreen() {
  const [both, setBoth] = useState(true)
  return (
    <main className="h-full overflow-y-auto">
      <header className="flex items-center justify-between gap-4 px-6 pt-8 pb-4">
        <div>
          <h1 className="text-display font-semibold">Design</h1>
          <p className="text-body text-soft">
            What every screen is made of, measured as it stands in tokens.css.
          </p>
        </div>
        <Button onPress={() => setBoth(!both)}>{both ? 'Only as I see it' : 'Light and dark'}</Button>
      </header>
      <Colours colours={colours} />
      <div className={both ? 'grid full:grid-cols-2' : ''}>
        {(both ? themes : [null]).map((theme) => (
          <div
            key={theme ?? 'own'}
            className="flex flex-col gap-8 bg-canvas p-6 text-ink"
            style={theme ? { colorScheme: theme } : {}}
          >
            <Scales css={css} />
            <Part title="Drawings">
              <div className="grid grid-cols-2 gap-4 wide:grid-cols-3">
                {drawingNames.map((name) => (
                  <figure key={name} className="flex flex-col justify-end gap-1">
                    <Drawing name={name} className="aspect-240/176" />
                    <figcaption className="text-small text-faint">{name}</figcaption>
                  </figure>
                ))}
              </div>
            </Part>
            <PartsShown />
          </div>
        ))}
      </div>
    </main>
  )
}
