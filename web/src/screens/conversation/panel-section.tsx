import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useKept } from '../../ui/kept.ts'

type SectionProps = { id: string; title: string; children: ReactNode }

/** A part of the panel that folds, and stays as it was left. */
export function PanelSection({ id, title, children }: SectionProps) {
  const [open, setOpen] = useKept(`panel-${id}`, true)
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group border-t border-line/70 px-3"
    >
      <summary className="thumb mt-1.5 flex min-h-8 cursor-default list-none items-center justify-between rounded-md px-2 text-small font-semibold text-faint transition-colors hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
        {title}
        <ChevronDown
          size={14}
          className="-rotate-90 transition-transform group-open:rotate-0 rtl:rotate-90"
          aria-hidden="true"
        />
      </summary>
      <div className="px-2 pt-1 pb-4">{children}</div>
    </details>
  )
}

/** Facts below each other: what it is on the left, what is known of it beside it. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-2.5">{children}</dl>
}

/** One fact; what is not known is not shown as an empty line but as a dash. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint hyphens-auto">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children ?? <span className="text-faint">–</span>}</dd>
    </>
  )
}
