import { useText } from '../../text.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { OfferList } from './offer-list.tsx'
import type { useMentions } from './use-mentions.ts'

/** The colleagues that are offered. */
export function MentionList({ mentions }: { mentions: ReturnType<typeof useMentions> }) {
  const t = useText()
  return (
    <OfferList
      offers={mentions}
      label={t('note.mention')}
      count={(count) => t('note.mentionCount', { count })}
    >
      {(operator) => (
        <>
          <Avatar name={operator.name} seed={operator.id} picture={operator.picture} size="small" />
          <bdi className="truncate">{operator.name}</bdi>
        </>
      )}
    </OfferList>
  )
}
