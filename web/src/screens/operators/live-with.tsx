import type { Workload } from '@foyer/contract/operators.ts'
import { Go } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useLocale, useText } from '../../text.tsx'
import { duration, fullTime } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useNow } from '../../ui/now.ts'
import { contactName, knownName } from '../conversations/words.ts'

/** More than these are counted. */
const mostShown = 4

/** With whom somebody is live, and for how long; each is the way to that conversation. */
export function LiveWith({ live, mine }: { live: Workload['live']; mine: boolean }) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  return (
    <ul aria-label={t('operators.liveWith')} className="mt-2.5 flex flex-col gap-1">
      {live.slice(0, mostShown).map(({ conversationId, contact, since }) => (
        <li key={conversationId}>
          <Go
            to={mine ? paths.inboxConversation(conversationId) : paths.conversation(conversationId, {})}
            className="thumb flex min-h-8 items-center gap-2 rounded-full bg-green-tint py-1 ps-1 pe-3 transition-shadow hover:shadow-rest"
          >
            <Avatar name={knownName(contact)} seed={contact.id} size="small" />
            <bdi className="min-w-0 grow truncate font-medium">{contactName({ contact }, t)}</bdi>
            <time
              dateTime={since}
              title={fullTime(locale, Date.parse(since))}
              className="tabular shrink-0 text-small text-green"
            >
              {duration(locale, now - Date.parse(since))}
            </time>
          </Go>
        </li>
      ))}
      {live.length > mostShown ? (
        <li className="px-1 text-small text-faint">
          {t('operators.liveMore', { count: live.length - mostShown })}
        </li>
      ) : null}
    </ul>
  )
}
