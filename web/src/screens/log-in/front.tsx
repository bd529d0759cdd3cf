import { type ReactNode, useEffect, useRef } from 'react'
import icon from '../../icon.svg'

/** The quiet page around log-in and set-up. */
export function Front({
  title,
  over,
  takesFocus = false,
  children,
}: {
  title: string
  /** Whose it is. */
  over?: string | null | undefined
  /** It takes the place of what was just done, and is read out. */
  takesFocus?: boolean
  children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <main className="flex min-h-full flex-col items-center px-5 pt-[14vh] pb-12">
      <div className="w-full max-w-90">
        <img src={icon} alt="" className="mb-6 size-10" />
        {over ? <p className="mb-1 text-dense font-medium text-faint wrap-anywhere">{over}</p> : null}
        <h1
          ref={heading}
          tabIndex={-1}
          className="mb-6 outline-none text-title font-semibold tracking-tight text-balance"
        >
          {title}
        </h1>
        {children}
      </div>
    </main>
  )
}
