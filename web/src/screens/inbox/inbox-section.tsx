import { ChevronDown } from 'lucide-react'
import { type ReactNode, type Ref, useId } from 'react'
import { Button } from 'react-aria-components/Button'
import { useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { LongestWait } from './longest-wait.tsx'

type InboxSectionProps = {
  title: string
  /** Undefined while it is not known. */
  count: number | undefined
  unread: number
  live?: number
  /** Since when the one has waited that has waited longest. */
  waitingSince?: string | null | undefined
  folded: boolean
  onFold: (folded: boolean) => void
  /** What stands beside the heading. */
  action?: ReactNode
  /** Not to be seen: it would jump once what stands above it comes, or there is nothing to say in it. */
  isLeftOut?: boolean
  ref?: Ref<HTMLElement>
  children: ReactNode
}

/** A part of the inbox with a heading that stays in view and folds it. */
export function InboxSection({
  title,
  count,
  unread,
  live = 0,
  waitingSince,
  folded,
  onFold,
  action,
  isLeftOut = false,
  ref,
  children,
}: InboxSectionProps) {
  const t = useText()
  const body = useId()
  return (
    <section ref={ref} aria-label={title} hidden={isLeftOut}>
      <div className="sticky top-0 z-10 flex items-center gap-1 bg-surface/92 px-1.5 py-1 backdrop-blur-sm">
        <h2 className="min-w-max grow">
          <Button
            aria-expanded={!folded}
            aria-controls={body}
            onPress={() => onFold(!folded)}
            className="thumb flex min-h-7 w-full items-center gap-1.5 rounded-md px-2.5 text-small text-faint data-hovered:bg-hover"
          >
            <ChevronDown
              size={13}
              className={classes('transition-transform', folded && '-rotate-90 rtl:rotate-90')}
              aria-hidden="true"
            />
            <span className="text-dense font-bold whitespace-nowrap text-ink">{title}</span>
            {count === undefined ? null : <span className="tabular">{count > 999 ? '999+' : count}</span>}
            <span className="grow" />
            {live > 0 ? (
              <span className="tabular font-medium text-green">{t('inbox.liveCount', { count: live })}</span>
            ) : null}
            {waitingSince ? <LongestWait since={waitingSince} /> : null}
            {unread > 0 ? (
              <span className="tabular font-semibold text-ember">
                {t('inbox.unreadCount', { count: unread })}
              </span>
            ) : null}
          </Button>
        </h2>
        {action}
      </div>
      <div id={body} hidden={folded}>
        {children}
      </div>
    </section>
  )
}

/** What belongs in a section that has nothing in it. */
export function SectionEmpty({
  title,
  text,
  children,
}: {
  title?: string
  text: string
  children?: ReactNode
}) {
  return (
    <div className="px-4.5 pt-1 pb-5 text-dense">
      {title ? <p className="font-medium text-soft">{title}</p> : null}
      <p className="text-pretty text-faint">{text}</p>
      {children ? <div className="pt-3">{children}</div> : null}
    </div>
  )
}
