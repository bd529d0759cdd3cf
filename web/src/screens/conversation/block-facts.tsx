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

/** The block that keeps a contact from writing now. */
function useBlock({ block }: Contact) {
  const now = useNow()
  return block && (block.until === null || Date.parse(block.until) > now) ? block : null
}

/** Reads anew what is known of a contact. */
function useAgain(contactId: string): () => void {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: ['contact', contactId] })
}

/** That a contact is blocked: by whom, why and until when; and the way to undo it. */
export function BlockFacts({ contact }: { contact: Contact }) {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const nameOf = useOperatorName()
  const errorText = useErrorText()
  const may = useMay('contacts.block')
  const again = useAgain(contact.id)
  const block = useBlock(contact)

  async function unblock() {
    try {
      await withRetries(() => api.call(unblockContact, { params: { contactId: contact.id } }))
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
    }
    again()
  }

  if (!block) return null
  const by = block.by === me.id ? t('assignee.me') : nameOf(block.by) || '–'
  return (
    <section
      aria-label={t('block.blocked')}
      className="mx-3 mb-3 flex flex-col gap-2 rounded-lg bg-red-tint px-3.5 py-3"
    >
      <p className="flex items-center gap-1.5 font-medium text-red">
        <Ban size={14} aria-hidden="true" />
        {block.until === null
          ? t('block.blockedForGood')
          : t('block.blockedUntil', { when: fullTime(locale, Date.parse(block.until)) })}
      </p>
      <p className="wrap-anywhere" dir="auto">
        {block.reason}
      </p>
      <p className="text-small text-soft">
        {t('block.by', { name: by, when: fullTime(locale, Date.parse(block.at)) })}
      </p>
      {may ? (
        <div>
          <Button onPress={() => void unblock()}>{t('block.unblock')}</Button>
        </div>
      ) : null}
    </section>
  )
}

/** The way to keep a contact from writing, for who may. */
export function BlockButton({ contact, name }: { contact: Contact; name: string }) {
  const t = useText()
  const may = useMay('contacts.block')
  const again = useAgain(contact.id)
  const block = useBlock(contact)
  const [asking, setAsking] = useState(false)
  if (block || !may) return null
  return (
    <div className="-mx-2.5 mt-2.5">
      <Button look="quiet" small onPress={() => setAsking(true)}>
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
  )
}
