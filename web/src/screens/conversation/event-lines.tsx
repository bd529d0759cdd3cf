import type { Entry } from '@foyer/contract/entries.ts'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useMe, useOperatorName } from '../../session.ts'
import { type TextKey, useLocale, useText } from '../../text.tsx'
import { clockTime, fullTime } from '../../time.ts'

const foldFrom = 4

/** What happened, as small centred lines; many of them fold to the last one. */
export function EventLines({ entries }: { entries: readonly Entry[] }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const folded = entries.length >= foldFrom && !open
  const shown = folded ? entries.slice(-1) : entries
  return (
    <div className="flex flex-col items-center gap-0.5 py-2 text-center text-small text-faint">
      {folded ? (
        <Button
          onPress={() => setOpen(true)}
          className="min-h-6 rounded-md px-2 underline decoration-dotted underline-offset-2 data-hovered:text-soft"
        >
          {t('event.more', { count: entries.length - 1 })}
        </Button>
      ) : null}
      {shown.map((entry) => (
        <EventLine key={entry.id} entry={entry} />
      ))}
    </div>
  )
}

function EventLine({ entry }: { entry: Entry }) {
  const locale = useLocale()
  const text = useEventText(entry)
  const at = Date.parse(entry.at)
  return (
    <p data-entry={entry.id} className="max-w-full wrap-anywhere">
      {text} ·{' '}
      <time dateTime={entry.at} title={fullTime(locale, at)} className="tabular whitespace-nowrap">
        {clockTime(locale, at)}
      </time>
    </p>
  )
}

const known: Record<string, { mine: TextKey; theirs: TextKey; nobody: TextKey }> = {
  opened: { mine: 'event.openedByMe', theirs: 'event.openedBy', nobody: 'event.opened' },
  set_pending: { mine: 'event.pendingByMe', theirs: 'event.pendingBy', nobody: 'event.pending' },
  ended: { mine: 'event.endedByMe', theirs: 'event.endedBy', nobody: 'event.ended' },
  resumed: { mine: 'event.resumedByMe', theirs: 'event.resumedBy', nobody: 'event.resumed' },
}

const liveEnds: Record<string, TextKey> = {
  silence: 'event.liveEndedSilence',
  operator_gone: 'event.liveEndedOperator',
  contact_gone: 'event.liveEndedContact',
}

const addressWords: Record<string, TextKey> = {
  address_left: 'event.addressLeft',
  address_proven: 'event.addressProven',
  address_refused: 'event.addressRefused',
}

/** The sentence for what happened; a kind this version does not know becomes a neutral one. */
function useEventText(entry: Entry): string {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const nameOf = useOperatorName()
  const { actor, body } = entry
  const by = actor.kind === 'operator' ? nameOf(actor.id) : ''
  const byMe = actor.kind === 'operator' && actor.id === me.id
  const event = body?.event ?? ''
  if (event === 'assigned') {
    const to = body?.operatorId
    const name = nameOf(to) || body?.operatorName || ''
    if (body?.reason === 'routed') return to === me.id ? t('event.routedMe') : t('event.routed', { name })
    if (body?.reason === 'joined') return byMe ? t('event.joinedByMe') : t('event.joined', { name })
    if (to === me.id) return byMe ? t('event.tookByMe') : t('event.assignedMe', { by: by || 'unknown' })
    if (to === actor.id) return t('event.tookBy', { name })
    return t('event.assigned', { name, by: byMe ? 'me' : by || 'unknown' })
  }
  if (event === 'unassigned' && body?.reason === 'left')
    return t('event.leftBehind', { name: nameOf(body.operatorId) || 'unknown' })
  if (event === 'unassigned')
    return byMe ? t('event.unassignedByMe') : t('event.unassigned', { by: by || 'unknown' })
  if (event === 'group_assigned' || event === 'group_unassigned') {
    const key = event === 'group_assigned' ? 'event.groupAssigned' : 'event.groupUnassigned'
    return t(key, { group: body?.groupName ?? '', by: byMe ? 'me' : by || 'unknown' })
  }
  if (event === 'live_began') {
    const to = body?.operatorId
    return to === me.id
      ? t('event.liveBeganMe')
      : t('event.liveBegan', { name: nameOf(to) || body?.operatorName || '' })
  }
  if (event === 'live_ended') {
    if (body?.reason === 'by_hand')
      return byMe ? t('event.liveEndedByMe') : t('event.liveEndedBy', { name: by })
    return t(liveEnds[body?.reason ?? ''] ?? 'event.liveEnded')
  }
  if (event === 'ended' && body?.reason === 'silence') return t('event.endedSilence')
  if (event === 'blocked') {
    const when = body?.until ? fullTime(locale, Date.parse(body.until)) : 'never'
    return t('event.blocked', { by: byMe ? 'me' : by || 'unknown', when, reason: body?.reason ?? '' })
  }
  if (event === 'unblocked') return t('event.unblocked', { by: byMe ? 'me' : by || 'unknown' })
  const about = addressWords[event]
  if (about) return t(about, { address: body?.address ?? '' })
  const words = known[event]
  if (!words) return t('event.unknown')
  return byMe ? t(words.mine) : by ? t(words.theirs, { name: by }) : t(words.nobody)
}
