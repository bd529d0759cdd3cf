import { type Contact, readContact } from '@foyer/contract/contacts.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import { useQuery } from '@tanstack/react-query'
import { BadgeCheck } from 'lucide-react'
import { api } from '../../api.ts'
import { useLanguageTitle } from '../../language-names.ts'
import { useGroups, useMe, useOperatorName, useOperatorPicture } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, relativeTime } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Copyable } from '../../ui/copy.tsx'
import { notify } from '../../ui/notices.tsx'
import { useNow } from '../../ui/now.ts'
import { StateLabel } from '../conversations/state-label.tsx'
import { contactName, knownName } from '../conversations/words.ts'
import { BlockButton, BlockFacts } from './block-facts.tsx'
import { OtherConversations } from './other-conversations.tsx'
import { Fact, Facts, PanelSection } from './panel-section.tsx'

/** Who the contact is, how the conversation stands, and what else was said with them. */
export function SidePanel({ head }: { head: Head }) {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const now = useNow()
  const nameOf = useOperatorName()
  const pictureOf = useOperatorPicture()
  const languageTitle = useLanguageTitle()
  const group = useGroups().find(({ id }) => id === head.groupId)
  const { data: contact, isPending } = useQuery({
    queryKey: ['contact', head.contact.id],
    queryFn: ({ signal }) => api.call(readContact, { params: { contactId: head.contact.id }, signal }),
  })
  const name = contactName(head, t)
  const when = (at: string) => (
    <time dateTime={at} title={fullTime(locale, Date.parse(at))} className="tabular">
      {relativeTime(locale, Date.parse(at), now)}
    </time>
  )
  return (
    <div className="flex flex-col pb-4 text-dense">
      <div className="flex flex-col items-center px-5 pt-7 pb-5 text-center">
        <Avatar name={knownName(head.contact)} seed={head.contact.id} size="person" />
        <p className="mt-3 max-w-full text-lead font-bold tracking-tight text-balance wrap-anywhere">
          <bdi>{name}</bdi>
        </p>
        <Presence contact={contact} />
      </div>
      {/* Seen once all of it is known: what comes later would push the rest down. */}
      <div className={isPending ? 'invisible' : undefined}>
        {contact ? <BlockFacts contact={contact} /> : null}
        <PanelSection id="contact" title={t('panel.contact')}>
          <Facts>
            <Fact name={t('panel.email')}>
              {contact?.email ? <Address key={contact.id} contact={contact} /> : null}
            </Fact>
            <Fact name={t('panel.language')}>
              {head.contact.locale ? languageTitle(head.contact.locale) : null}
            </Fact>
            <Fact name={t('panel.since')}>{contact ? when(contact.createdAt) : null}</Fact>
          </Facts>
          {contact ? <BlockButton key={contact.id} contact={contact} name={name} /> : null}
        </PanelSection>
        <PanelSection id="conversation" title={t('panel.conversation')}>
          <Facts>
            <Fact name={t('conversation.state')}>
              <StateLabel state={head.state} until={head.snoozedUntil} />
            </Fact>
            <Fact name={t('conversation.assignee')}>
              {head.assigneeId ? (
                <span className="-my-0.5 flex items-center gap-2">
                  <Avatar
                    name={head.assigneeId === me.id ? me.name : nameOf(head.assigneeId) || null}
                    seed={head.assigneeId}
                    picture={head.assigneeId === me.id ? me.picture : pictureOf(head.assigneeId)}
                    size="small"
                  />
                  <bdi className="min-w-0">
                    {head.assigneeId === me.id
                      ? t('assignee.me')
                      : nameOf(head.assigneeId) || t('assignee.nobody')}
                  </bdi>
                </span>
              ) : (
                <span className="text-faint">{t('assignee.nobody')}</span>
              )}
            </Fact>
            {group ? (
              <Fact name={t('panel.group')}>
                <bdi>{group.name}</bdi>
              </Fact>
            ) : null}
            <Fact name={t('panel.created')}>{when(head.createdAt)}</Fact>
            <Fact name={t('panel.last')}>{when(head.lastAt)}</Fact>
            {head.endedAt ? <Fact name={t('panel.ended')}>{when(head.endedAt)}</Fact> : null}
          </Facts>
        </PanelSection>
        <PanelSection id="others" title={t('panel.others')}>
          <OtherConversations head={head} />
        </PanelSection>
      </div>
    </div>
  )
}

/** Where they are written to, to be taken along, and whether they have shown that they read it. */
function Address({ contact }: { contact: Contact }) {
  const t = useText()
  return (
    <>
      <Copyable
        value={contact.email ?? ''}
        label={t('panel.copyEmail')}
        onRefused={() => notify({ tone: 'error', text: t('messenger.copyFailed') })}
      >
        {contact.email}
      </Copyable>
      <span className="flex items-center gap-1 text-small text-faint">
        {contact.emailVerified ? <BadgeCheck size={13} className="text-accent" aria-hidden="true" /> : null}
        <span>{contact.emailVerified ? t('panel.verified') : t('panel.unverified')}</span>
      </span>
    </>
  )
}

function Presence({ contact }: { contact: Contact | undefined }) {
  const t = useText()
  if (!contact) return <p className="h-5" />
  return (
    <p
      className={`flex min-h-5 items-center gap-1.5 text-dense ${contact.online ? 'font-medium text-green' : 'text-faint'}`}
    >
      <span
        className={`size-2 rounded-full ${contact.online ? 'bg-green' : 'border border-edge'}`}
        aria-hidden="true"
      />
      {contact.online ? t('panel.online') : t('panel.offline')}
    </p>
  )
}
