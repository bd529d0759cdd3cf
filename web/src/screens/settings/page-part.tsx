import { type ReactNode, useId } from 'react'

type PagePartProps = { title: string; text?: string; action?: ReactNode; children?: ReactNode }

/** A part of a settings page: what it is, what can be added, what there is. */
export function PagePart({ title, text, action, children }: PagePartProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <header className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1">
          <h3 id={id} className="text-base font-semibold">
            {title}
          </h3>
          {text ? <p className="text-dense text-pretty text-faint">{text}</p> : null}
        </div>
        {action}
      </header>
      {children}
    </section>
  )
}

export const rowsLook = 'flex flex-col rounded-lg border border-line empty:hidden'
export const rowLook =
  'flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-dense last:border-0'
