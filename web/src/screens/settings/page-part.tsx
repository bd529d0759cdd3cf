import { type ReactNode, useId } from 'react'
import { classes } from '../../ui/classes.ts'

type PagePartProps = { title: string; text?: string; action?: ReactNode; children?: ReactNode }

/** A part of a settings page: what it is, what can be added, what there is. */
export function PagePart({ title, text, action, children }: PagePartProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <header className="flex flex-wrap items-end gap-x-4 gap-y-2 px-1">
        <div className="flex min-w-48 flex-1 flex-col gap-0.5">
          <h3 id={id} className="text-body font-semibold">
            {title}
          </h3>
          {text ? <p className="max-w-130 text-dense text-pretty text-faint">{text}</p> : null}
        </div>
        {action}
      </header>
      {children}
    </section>
  )
}

const cardLook = 'flex flex-col rounded-xl bg-raised shadow-rest'

/** What belongs together, one below the other on a card of its own. */
export function Card({ children }: { children: ReactNode }) {
  return (
    <div
      className={classes(
        cardLook,
        '*:border-line *:px-4 *:py-4 *:not-last:border-b wide:*:px-5 forced-colors:border',
      )}
    >
      {children}
    </div>
  )
}

export const rowsLook = `${cardLook} empty:hidden forced-colors:border`
export const rowLook =
  'flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3 text-dense last:border-0 wide:px-5'
