import { useText } from '../../text.tsx'
import { Count } from '../../ui/count.tsx'
import { useWaiting } from '../../use-waiting.ts'

/** How much waits for me, and how much is for me to take: two shapes, each with its words. */
export function WaitingCounts({ stacked = false }: { stacked?: boolean }) {
  const t = useText()
  const { mine, unread, forMe } = useWaiting()
  const mineLabel =
    unread > 0 ? t('inbox.waitingUnread', { count: mine, unread }) : t('inbox.waitingForMe', { count: mine })
  const takeLabel = t('inbox.forMe', { count: forMe })
  if (mine + forMe === 0) return null
  return (
    <span
      className={stacked ? 'flex flex-col gap-0.5' : 'flex gap-1'}
      title={[mine > 0 && mineLabel, forMe > 0 && takeLabel].filter(Boolean).join(' · ')}
    >
      <Count value={mine} label={`${mineLabel}${forMe > 0 ? ',' : ''}`} />
      <Count value={forMe} label={takeLabel} tone="outline" />
    </span>
  )
}
