import type { ReactNode } from 'react'

/** A part of the page, on a sheet of its own. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-xl bg-surface p-6 shadow-rest">
      <h2 className="mb-4 text-large font-semibold">{title}</h2>
      {children}
    </section>
  )
}
