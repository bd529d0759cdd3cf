import { type Contact, readContact } from '@foyer/contract/contacts.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { api } from '../../api.ts'
import { useLanguageTitle } from '../../language-names.ts'
import { useGroups, useMe, useOperatorName } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, relativeTime } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useKept } from '../../ui/kept.ts'
import { useNow } from '../../ui/now.ts'
import { StateLabel } from '../conversations/state-label.tsx'
import { contactName, knownName } from '../conversations/words.ts'
import { BlockFacts } from './block-facts.tsx'

/** Who the contact is and how the conversation stands. */
export function SidePanel({ head }: { head: Head }) {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const now = useNow()
  const nameOf = useOperatorName()
  const languageTitle = useLanguageTitle()
  const group = useGroups().find(({ id }) => id === head.groupId)
  const { data: contact } = useQuery({
    queryKey: ['contact', head.contact.id],
    queryFn: ({ signal }) => api.call(readContact, { params: { contactId: head.contact.id }, signal }),
  })
  const when = (at: string) => (
    <time dateTime={at} title={fullTime(locale, Date.parse(at))} className="tabular">
      {relativeTime(locale, Date.parse(at), now)}
    </time>
  )
  return (
    <div className="flex flex-col pb-6 text-dense">
      <div className="flex items-center gap-3 px-5 py-4">
        <Avatar name={knownName(head.contact)} seed={head.contact.id} size="large" />
        <div className="min-w-0">
          <p className="text-base font-semibold wrap-anywhere">
            <bdi>{contactName(head, t)}</bdi>
          </p>
          <Presence contact={contact} />
        </div>
      </div>
      <Section id="contact" title={t('panel.contact')}>
        <Fact name={t('panel.email')}>
          {contact?.email ? (
            <>
              {contact.email}
              <span className="block text-small text-faint">
                {contact.emailVerified ? t('panel.verified') : t('panel.unverified')}
              </span>
            </>
          ) : null}
        </Fact>
        <Fact name={t('panel.language')}>
          {head.contact.locale ? languageTitle(head.contact.locale) : null}
        </Fact>
        <Fact name={t('panel.since')}>{contact ? when(contact.createdAt) : null}</Fact>
      </Section>
      {contact ? <BlockFacts contact={contact} name={contactName(head, t)} /> : null}
      <Section id="conversation" title={t('panel.conversation')}>
        <Fact name={t('conversation.state')}>
          <StateLabel state={head.state} />
        </Fact>
        <Fact name={t('conversation.assignee')}>
          {head.assigneeId === me.id ? t('assignee.me') : nameOf(head.assigneeId) || t('assignee.nobody')}
        </Fact>
        {group ? (
          <Fact name={t('panel.group')}>
            <bdi>{group.name}</bdi>
          </Fact>
        ) : null}
        <Fact name={t('panel.created')}>{when(head.createdAt)}</Fact>
        <Fact name={t('panel.last')}>{when(head.lastAt)}</Fact>
        {head.endedAt ? <Fact name={t('panel.ended')}>{when(head.endedAt)}</Fact> : null}
      </Section>
    </div>
  )
}

function Presence({ contact }: { contact: Contact | undefined }) {
  const t = useText()
  if (!contact) return <p className="h-5" />
  return (
    <p className="flex min-h-5 items-center gap-1.5 text-small text-faint">
      <span
        className={`size-2 rounded-full ${contact.online ? 'bg-green' : 'border border-edge'}`}
        aria-hidden="true"
      />
      {contact.online ? t('panel.online') : t('panel.offline')}
    </p>
  )
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  const [open, setOpen] = useKept(`panel-${id}`, true)
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group border-t border-line px-5"
    >
      <summary className="flex min-h-10 cursor-default list-none items-center justify-between font-medium [&::-webkit-details-marker]:hidden">
        {title}
        <ChevronDown
          size={14}
          className="-rotate-90 text-faint transition-transform group-open:rotate-0 rtl:rotate-90"
          aria-hidden="true"
        />
      </summary>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 pb-4">{children}</dl>
    </details>
  )
}

/** One fact; what is not known is not shown as an empty line but as a dash. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 text-end wrap-anywhere">{children ?? <span className="text-faint">–</span>}</dd>
    </>
  )
}
