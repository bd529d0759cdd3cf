import { useLocale, useText } from '../../text.tsx'
import { duration } from '../../time.ts'
import { classes } from '../../ui/classes.ts'

const longMs = 10 * 60_000
const veryLongMs = 60 * 60_000

/** How long somebody has been waiting; the longer, the stronger by weight and colour. */
export function WaitingTime({ ms }: { ms: number }) {
  const t = useText()
  const locale = useLocale()
  const time = duration(locale, ms)
  return (
    <span
      title={t('row.waiting', { time })}
      className={classes(
        'tabular shrink-0 whitespace-nowrap',
        ms >= longMs && 'font-medium text-ember',
        ms >= veryLongMs && 'font-bold',
      )}
    >
      <span aria-hidden="true">{time}</span>
      <span className="sr-only">{t('row.waiting', { time })}</span>
    </span>
  )
}
