import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** A hint that takes the room that is left in its line, and is not seen at all where it would have to be cut. */
export function WholeOrNothing({ className, children }: { className: string; children: ReactNode }) {
  return (
    <span className={classes('me-auto h-4 min-w-0 flex-1 flex-wrap overflow-hidden', className)}>
      {/* Keeps the first line, so that what does not fit beside it goes to a second one, which is out of sight. */}
      <span className="h-4 w-px" aria-hidden="true" />
      <span className="whitespace-nowrap">{children}</span>
    </span>
  )
}
