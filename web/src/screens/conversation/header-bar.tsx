import type { ReactNode } from 'react'

/** The line above a conversation: one height, whatever stands in it, laid out by its own width and not the window's. */
export function HeaderBar({ children }: { children: ReactNode }) {
  return (
    <header className="@container/bar shrink-0 border-b border-line/70">
      <div className="flex h-12 items-center gap-x-1 px-2 @lg/bar:px-3">{children}</div>
    </header>
  )
}
