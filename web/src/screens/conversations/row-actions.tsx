import type { Head } from '@foyer/contract/conversations.ts'
import { Check, RotateCcw, UserPlus } from 'lucide-react'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { IconButton } from '../../ui/button.tsx'
import { useActions } from '../conversation/use-actions.ts'

/** What can be done with a conversation from its row, by the hand that points at it; thumbs do it in what they open. */
export function RowActions({ head, className }: { head: Head; className: string }) {
  const t = useText()
  const me = useMe()
  // A colleague's is not offered here, so there is nobody to be asked about.
  const actions = useActions(head, (take) => take())
  const isEnded = head.state === 'ended'
  const isFree = head.assigneeId === null
  if (!isEnded && !isFree && head.assigneeId !== me.id) return null
  return (
    <span className={className}>
      {isFree && !isEnded ? (
        <IconButton label={t('conversation.assignToMe')} onPress={() => actions.assign(me.id)}>
          <UserPlus size={15} aria-hidden="true" />
        </IconButton>
      ) : null}
      {isEnded ? (
        <IconButton label={t('conversation.resume')} onPress={actions.resume}>
          <RotateCcw size={15} aria-hidden="true" />
        </IconButton>
      ) : (
        <IconButton label={t('conversation.end')} onPress={actions.end}>
          <Check size={15} aria-hidden="true" />
        </IconButton>
      )}
    </span>
  )
}
