import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type EmptyProps = {
  icon: LucideIcon
  title: string
  children?: ReactNode
  action?: ReactNode
  heading?: 'h1' | 'h2'
}

/** What stands where nothing is yet: what this place is for, and the way on. */
export function Empty({ icon: Icon, title, children, action, heading: Title = 'h2' }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-80 flex-col items-center gap-1.5 px-6 py-10 text-center">
      <Icon size={26} strokeWidth={1.4} className="mb-2 text-faint" aria-hidden="true" />
      <Title className="text-base font-medium text-balance">{title}</Title>
      {children ? <div className="text-dense text-pretty text-faint">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
