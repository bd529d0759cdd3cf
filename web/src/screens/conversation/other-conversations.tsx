import { type Head, listContactConversations } from '@foyer/contract/conversations.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { Go } from '../../link.tsx'
import { ListFailed } from '../../list-failed.tsx'
import { paths } from '../../paths.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, shortWhen } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/now.ts'
import { StateLabel, StateMark } from '../conversations/state-label.tsx'
import { lastText } from '../conversations/words.ts'

/** So many are read at once; one of them is the open one. */
const pageSize = 6

/** What else was said with a contact, newest first, each the way to it. */
export function OtherConversations({ head }: { head: Head }) {
  const t = useText()
  const contactId = head.contact.id
  const list = useInfiniteQuery({
    queryKey: ['contact', contactId, 'conversations'],
    queryFn: ({ pageParam, signal }) =>
      api.call(listContactConversations, {
        params: { contactId },
        query: { limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  if (list.isError) return <ListFailed retry={() => void list.refetch()} />
  if (!list.data) return null
  const others = list.data.pages.flatMap(({ items }) => items).filter(({ id }) => id !== head.id)
  if (others.length === 0 && !list.hasNextPage) return <p className="text-faint">{t('panel.only')}</p>
  return (
    <>
      <ul aria-label={t('panel.others')} className="-mx-2 flex flex-col">
        {others.map((other) => (
          <li key={other.id}>
            <Line head={other} />
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button
          look="quiet"
          small
          isBusy={list.isFetchingNextPage}
          onPress={() => {
            if (!list.isFetchingNextPage) void list.fetchNextPage()
          }}
          className="-mx-2 mt-0.5"
        >
          {t('panel.moreOthers')}
        </Button>
      ) : null}
    </>
  )
}

function Line({ head }: { head: Head }) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const at = Date.parse(head.messageAt)
  return (
    <Go
      to={paths.conversation(head.id, {})}
      className="thumb flex min-h-8 items-center gap-2 rounded-md px-2 py-1 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
    >
      <StateMark state={head.state} live={head.live} until={head.snoozedUntil} className="flex" />
      <span dir="auto" className="min-w-0 grow truncate text-soft">
        {head.subject ?? lastText(head, t)}
      </span>
      {head.live || head.state === 'new' ? (
        <StateLabel state={head.state} live={head.live} shapeless />
      ) : null}
      <time
        dateTime={head.messageAt}
        title={fullTime(locale, at)}
        className="tabular shrink-0 text-small text-faint"
      >
        {shortWhen(locale, at, now)}
      </time>
    </Go>
  )
}
