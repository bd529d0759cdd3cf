import { newId } from '@foyer/client/ids.ts'
import { listMails, type Mail, sendTestMail } from '@foyer/contract/mail.ts'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, codeOf, withRetries } from '../../api.ts'
import { type TextKey, useErrorText, useLocale, useText } from '../../text.tsx'
import { fullTime } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { notify } from '../../ui/notices.tsx'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { MailDialog } from './mail-dialog.tsx'
import { PagePart, rowLook, rowsLook } from './page-part.tsx'

const kinds: Record<Mail['kind'], TextKey> = {
  test: 'mail.kindTest',
  unread: 'mail.kindUnread',
  link: 'mail.kindLink',
  invitation: 'mail.kindInvitation',
  password_link: 'mail.kindPasswordLink',
  password_changed: 'mail.kindPasswordChanged',
  password_link_made: 'mail.kindPasswordLinkMade',
  address_proof: 'mail.kindAddressProof',
  address_changed: 'mail.kindAddressChanged',
  log_ins_failed: 'mail.kindLogInsFailed',
}
export const mailStates: Record<Mail['state'], TextKey> = {
  queued: 'mail.stateQueued',
  sent: 'mail.stateSent',
  kept: 'mail.stateKept',
  failed: 'mail.stateFailed',
}

/** Whether mail goes out, and every mail as it looks: without a server one sees what would be sent. */
export function Mails() {
  const t = useText()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const [shown, setShown] = useState<Mail | null>(null)
  const { data, isPending, isError, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['mails'],
    queryFn: ({ pageParam, signal }) =>
      api.call(listMails, { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // What waits is soon sent, or has failed.
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some((mail) => mail.state === 'queued') ? 2_000 : false,
  })
  const outgoing = data?.pages[0]?.outgoing
  const mails = data?.pages.flatMap((page) => page.items) ?? []

  async function test() {
    const body = { id: newId() }
    try {
      await withRetries(() => api.call(sendTestMail, { body }))
      notify({ tone: 'plain', text: t('mail.testQueued') })
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
    }
    void queries.invalidateQueries({ queryKey: ['mails'] })
  }
  return (
    <>
      <PagePart
        title={t('mail.sending')}
        action={<Button onPress={() => void test()}>{t('mail.test')}</Button>}
      >
        {data ? (
          <p className="rounded-xl bg-raised px-5 py-4 text-dense text-pretty text-soft shadow-rest">
            {outgoing ? t('mail.outgoing', { place: outgoing.server, name: outgoing.from }) : t('mail.kept')}
          </p>
        ) : null}
      </PagePart>
      <PagePart title={t('mail.list')} text={t('mail.listText')}>
        {isPending ? <RowSkeleton rows={3} /> : null}
        {isError ? (
          <div role="alert" className="flex flex-wrap items-center gap-3 text-dense text-soft">
            {t('mail.failed')}
            <Button onPress={() => void refetch()}>{t('list.retry')}</Button>
          </div>
        ) : null}
        {data && mails.length === 0 ? <p className="text-dense text-faint">{t('mail.none')}</p> : null}
        <ul aria-label={t('mail.list')} className={rowsLook}>
          {mails.map((mail) => (
            <Row key={mail.id} mail={mail} look={() => setShown(mail)} />
          ))}
        </ul>
        {hasNextPage ? (
          <div>
            <Button onPress={() => void fetchNextPage()}>{t('mail.more')}</Button>
          </div>
        ) : null}
      </PagePart>
      <MailDialog mail={shown} close={() => setShown(null)} />
    </>
  )
}

function Row({ mail, look }: { mail: Mail; look: () => void }) {
  const t = useText()
  const locale = useLocale()
  return (
    <li className={rowLook}>
      <span className="min-w-40 flex-1">
        <span className="block font-medium wrap-anywhere">{mail.to}</span>
        <span className="block text-faint">
          {t(kinds[mail.kind])} · {fullTime(locale, Date.parse(mail.createdAt))}
        </span>
        {mail.error ? <span className="block text-small text-red wrap-anywhere">{mail.error}</span> : null}
      </span>
      <span className={classes('text-small', mail.state === 'failed' ? 'text-red' : 'text-soft')}>
        {t(mailStates[mail.state])}
      </span>
      <Button onPress={look} aria-label={t('mail.lookOne', { name: mail.to })}>
        {t('mail.look')}
      </Button>
    </li>
  )
}
