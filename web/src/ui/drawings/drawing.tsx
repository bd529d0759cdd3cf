import { type ComponentType, lazy, Suspense } from 'react'
import { classes } from '../classes.ts'
import './colours.css'

/** Loaded when it is shown. Where it cannot be, as on the page that says so, the words do without. */
const late = (load: () => Promise<{ default: ComponentType }>) =>
  lazy(() => load().catch(() => ({ default: () => null })))

const drawings = {
  hearth: late(() => import('./hearth.tsx')),
  caughtUp: late(() => import('./caught-up.tsx')),
  nothingYet: late(() => import('./nothing-yet.tsx')),
  pickOne: late(() => import('./pick-one.tsx')),
  nothingFound: late(() => import('./nothing-found.tsx')),
  lost: late(() => import('./lost.tsx')),
  broken: late(() => import('./broken.tsx')),
  unreachable: late(() => import('./unreachable.tsx')),
  quiet: late(() => import('./quiet.tsx')),
}

export type DrawingName = keyof typeof drawings

/** All there are, as `/design` shows them. */
export const drawingNames = Object.keys(drawings) as readonly DrawingName[]

/** One of our drawings. Its place is kept while it loads, so that nothing moves when it comes. */
export function Drawing({ name, className }: { name: DrawingName; className?: string }) {
  const Shown = drawings[name]
  return (
    <div className={classes('pointer-events-none select-none', className)} aria-hidden="true">
      <Suspense>
        <Shown />
      </Suspense>
    </div>
  )
}
