import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Drawing, type DrawingName } from './drawings/drawing.tsx'

type EmptyProps = {
  /** A small sign, where a drawing would say too much. */
  icon?: LucideIcon
  /** Where a whole place is empty, it has a picture of its own. */
  drawing?: DrawingName
  title: string
  children?: ReactNode
  action?: ReactNode
  heading?: 'h1' | 'h2'
}

/** What stands where nothing is yet: what this place is for, and the way on. */
export function Empty({ icon: Icon, drawing, title, children, action, heading: Title = 'h2' }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-88 flex-col items-center gap-1.5 px-6 py-10 text-center">
      {drawing ? <Drawing name={drawing} className="arrive mb-4 aspect-240/176 w-52" /> : null}
      {Icon && !drawing ? (
        <Icon size={26} strokeWidth={1.4} className="mb-2 text-faint" aria-hidden="true" />
      ) : null}
      <Title
        className={drawing ? 'text-large font-semibold text-balance' : 'text-base font-medium text-balance'}
      >
        {title}
      </Title>
      {children ? <div className="text-dense text-pretty text-faint">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
