import type { ReactNode } from 'react'
import icon from '../../icon.svg'

/** The quiet page around log-in and set-up. */
export function Front({
  title,
  over,
  children,
}: {
  title: string
  /** Whose it is. */
  over?: string | null | undefined
  children: ReactNode
}) {
  return (
    <main className="flex min-h-full flex-col items-center px-5 pt-[14vh] pb-12">
      <div className="w-full max-w-90">
        <img src={icon} alt="" className="mb-6 size-10" />
        {over ? <p className="mb-1 text-dense font-medium text-faint wrap-anywhere">{over}</p> : null}
        <h1 className="mb-6 text-title font-semibold tracking-tight text-balance">{title}</h1>
        {children}
      </div>
    </main>
  )
}
