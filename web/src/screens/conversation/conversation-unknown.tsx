import { Go } from '../../link.tsx'
import { useText } from '../../text.tsx'
import { Empty } from '../../ui/empty.tsx'
import type { Back } from './back-link.tsx'

export function ConversationUnknown({ back, alone }: { back: Back; alone: boolean }) {
  const t = useText()
  return (
    <div className="flex h-full items-center justify-center">
      <Empty
        heading={alone ? 'h1' : 'h2'}
        drawing="lost"
        title={t('conversation.unknown')}
        action={
          <Go to={back.to} className="text-dense font-medium text-accent underline-offset-2 hover:underline">
            {t('conversation.back', { place: back.label })}
          </Go>
        }
      >
        {t('conversation.unknownText')}
      </Empty>
    </div>
  )
}
