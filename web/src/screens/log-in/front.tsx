import { type ReactNode, useEffect, useRef } from 'react'
import icon from '../../icon.svg'
import { classes } from '../../ui/classes.ts'
import { Drawing } from '../../ui/drawings/drawing.tsx'

/** The page around log-in and set-up: what is to be done, beside a room in which somebody is awaited. */
export function Front({
  title,
  over,
  takesFocus = false,
  tall = false,
  children,
}: {
  title: string
  /** Whose it is. */
  over?: string | null | undefined
  /** It takes the place of what was just done, and is read out. */
  takesFocus?: boolean
  /** It asks for much, and begins further up. */
  tall?: boolean
  children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <main className="flex min-h-full bg-surface wide:gap-2 wide:bg-canvas wide:p-2 max-wide:flex-col">
      <Drawing
        name="hearth"
        className="drawing relative h-44 overflow-clip bg-(--wall) wide:order-last wide:sticky wide:top-2 wide:h-[calc(100dvh-1rem)] wide:w-6/11 wide:rounded-xl wide:shadow-rest"
      />
      <div className="sheet flex min-w-0 grow basis-0 flex-col items-center px-5 pb-12">
        <div className={classes('w-full max-w-90', tall ? 'wide:pt-10' : 'wide:pt-[17vh]')}>
          <img
            src={icon}
            alt=""
            className="relative mb-5 size-12 rounded-xl wide:mb-7 max-wide:-mt-6 max-wide:outline-4 max-wide:outline-surface"
          />
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
      </div>
    </main>
  )
}
