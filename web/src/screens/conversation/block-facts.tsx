import { type Contact, unblockContact } from '@foyer/contract/contacts.ts'
import { useQueryClient } from '@tanstack/react-query'
import { Ban } from 'lucide-react'
import { Suspense, useState } from 'react'
import { api, codeOf, withRetries } from '../../api.ts'
import { useMay, useMe, useOperatorName } from '../../session.ts'
import { soon } from '../../soon.ts'
import { useErrorText, useLocale, useText } from '../../text.tsx'
import { fullTime } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notices.tsx'
import { useNow } from '../../ui/now.ts'

const BlockDialog = soon(async () => (await import('./block-dialog.tsx')).BlockDialog)

/** That a contact is blocked: by whom, why and until when; and the way to do it, or to undo it. */
export function BlockFacts({ contact, name }: { contact: Contact; name: string }) {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const now = useNow()
  const nameOf = useOperatorName()
  const errorText = useErrorText()
  const may = useMay('contacts.block')
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const again = () => void queries.invalidateQueries({ queryKey: ['contact', contact.id] })
  const { block } = contact
  const holds = block && (block.until === null || Date.parse(block.until) > now) ? block : null

  async function unblock() {
    try {
      await withRetries(() => api.call(unblockContact, { params: { contactId: contact.id } }))
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
    }
    again()
  }

  if (!holds)
    return may ? (
      <div className="px-5 pb-4">
        <Button onPress={() => setAsking(true)}>
          <Ban size={14} aria-hidden="true" />
          {t('block.button')}
        </Button>
        <Suspense>
          <BlockDialog
            contactId={contact.id}
            name={name}
            open={asking}
            close={() => setAsking(false)}
            done={again}
          />
        </Suspense>
      </div>
    ) : null
  const by = holds.by === me.id ? t('assignee.me') : nameOf(holds.by) || '–'
  return (
    <section
      aria-label={t('block.blocked')}
      className="mx-5 mb-4 flex flex-col gap-2 rounded-lg bg-red-tint px-3 py-2.5"
    >
      <p className="flex items-center gap-1.5 font-medium text-red">
        <Ban size={14} aria-hidden="true" />
        {holds.until === null
          ? t('block.blockedForGood')
          : t('block.blockedUntil', { when: fullTime(locale, Date.parse(holds.until)) })}
      </p>
      <p className="wrap-anywhere" dir="auto">
        {holds.reason}
      </p>
      <p className="text-small text-soft">
        {t('block.by', { name: by, when: fullTime(locale, Date.parse(holds.at)) })}
      </p>
      {may ? (
        <div>
          <Button onPress={() => void unblock()}>{t('block.unblock')}</Button>
        </div>
      ) : null}
    </section>
  )
}
