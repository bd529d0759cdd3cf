import { type ComponentType, lazy, Suspense } from 'react'
import { classes } from '../classes.ts'
import './colours.css'

/** Loaded when it is shown. Where it cannot be, as on the page that says so, the words do without. */
const late = (load: () => Promise<ComponentType>) =>
  lazy(async () => ({ default: await load().catch(() => () => null) }))

const drawings = {
  hearth: late(async () => (await import('./hearth.tsx')).Hearth),
  caughtUp: late(async () => (await import('./caught-up.tsx')).CaughtUp),
  nothingYet: late(async () => (await import('./nothing-yet.tsx')).NothingYet),
  pickOne: late(async () => (await import('./pick-one.tsx')).PickOne),
  nothingFound: late(async () => (await import('./nothing-found.tsx')).NothingFound),
  lost: late(async () => (await import('./lost.tsx')).Lost),
  broken: late(async () => (await import('./broken.tsx')).Broken),
  unreachable: late(async () => (await import('./unreachable.tsx')).Unreachable),
  letterbox: late(async () => (await import('./letterbox.tsx')).Letterbox),
  quiet: late(async () => (await import('./quiet.tsx')).Quiet),
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
