import { Clock } from 'lucide-react'
import { useLocale, useText } from '../../text.tsx'
import { duration } from '../../time.ts'
import { classes } from '../../ui/classes.ts'

const longMs = 10 * 60_000
const veryLongMs = 60 * 60_000

/** How long somebody has been waiting; the longer, the stronger by weight and colour. */
export function WaitingTime({ ms, withSign = true }: { ms: number; withSign?: boolean }) {
  const t = useText()
  const locale = useLocale()
  const time = duration(locale, ms)
  return (
    <span
      title={t('row.waiting', { time })}
      className={classes(
        'tabular inline-flex shrink-0 items-center gap-1 whitespace-nowrap',
        ms >= longMs && 'text-amber',
        ms >= veryLongMs && 'rounded-full bg-amber-tint px-1.5 font-semibold',
      )}
    >
      {withSign ? <Clock size={12} className="shrink-0" aria-hidden="true" /> : null}
      <span aria-hidden="true">{time}</span>
      <span className="sr-only">{t('row.waiting', { time })}</span>
    </span>
  )
}
