import { useText } from '../../text.tsx'
import { Count } from '../../ui/count.tsx'
import { useWaiting } from '../../use-waiting.ts'

/**
 * How much waits for me, and how much is for me to take: two shapes, each with its words. In a corner there is room for one of
 * them: what waits for me, else what I may take.
 */
export function WaitingCounts({ layout }: { layout: 'row' | 'corner' }) {
  const t = useText()
  const { mine, unread, forMe } = useWaiting()
  if (mine + forMe === 0) return null
  const mineLabel =
    unread > 0 ? t('inbox.waitingUnread', { count: mine, unread }) : t('inbox.waitingForMe', { count: mine })
  const takeLabel = t('inbox.forMe', { count: forMe })
  const both = [mine > 0 && mineLabel, forMe > 0 && takeLabel].filter(Boolean)
  if (layout === 'corner')
    return (
      <span className="block rounded-full bg-canvas" title={both.join(' · ')}>
        <Count value={mine || forMe} label={both.join(', ')} tone={mine > 0 ? 'full' : 'outline'} />
      </span>
    )
  return (
    <span className="flex gap-1" title={both.join(' · ')}>
      <Count value={mine} label={`${mineLabel}${forMe > 0 ? ',' : ''}`} />
      {forMe > 0 ? <Count value={forMe} label={takeLabel} tone="outline" /> : null}
    </span>
  )
}
