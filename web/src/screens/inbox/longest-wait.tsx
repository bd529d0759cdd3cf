import { Clock } from 'lucide-react'
import { useLocale, useText } from '../../text.tsx'
import { duration } from '../../time.ts'
import { classes } from '../../ui/classes.ts'
import { useNow } from '../../ui/now.ts'

const longMs = 10 * 60_000

/** How long the one has been waiting that has waited longest. */
export function LongestWait({ since }: { since: string }) {
  const t = useText()
  const locale = useLocale()
  const ms = Math.max(0, useNow() - Date.parse(since))
  const time = duration(locale, ms)
  return (
    <span
      title={t('inbox.longestText', { time })}
      className={classes(
        'tabular inline-flex shrink-0 items-center gap-1 whitespace-nowrap',
        ms >= longMs && 'font-medium text-ember',
      )}
    >
      <Clock size={12} className="shrink-0" aria-hidden="true" />
      {t('inbox.longest', { time })}
    </span>
  )
}
