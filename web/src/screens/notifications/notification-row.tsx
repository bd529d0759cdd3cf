import type { Notification } from '@foyer/contract/notifications.ts'
import { sayVoice } from '@foyer/contract/voice.ts'
import { ArrowLeftRight, AtSign, Check, type LucideIcon, Trash2, UserPlus, Users } from 'lucide-react'
import { Go } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useOperatorName, useOperatorPicture } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { clockTime, fullTime } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { contactName } from '../conversations/words.ts'

const icons: Record<Notification['kind'], LucideIcon> = {
  mentioned: AtSign,
  assigned: UserPlus,
  given_to_group: Users,
  taken: ArrowLeftRight,
  erasure_asked: Trash2,
}

/** What a colleague did that concerns me: who and what in words, and what they wrote about it. */
export function NotificationRow({ item, read }: { item: Notification; read: () => void }) {
  const t = useText()
  const locale = useLocale()
  const nameOf = useOperatorName()
  const pictureOf = useOperatorPicture()
  const Icon = icons[item.kind]
  const colleague = nameOf(item.operatorId) || t('log.operator')
  const at = Date.parse(item.at)
  return (
    <div className="group relative mx-2">
      <Go
        to={paths.notified(item.conversationId, item.inInbox ? 'inbox' : 'conversations')}
        className="flex gap-3.5 rounded-lg py-3 ps-5 pe-3 text-base transition-colors group-hover:bg-hover focus-visible:-outline-offset-2"
      >
        {item.read ? null : (
          <span className="absolute start-1.5 top-6.5 size-2 rounded-full bg-ember">
            <span className="sr-only">{t('notifications.unread')}</span>
          </span>
        )}
        <span className="relative h-fit shrink-0">
          <Avatar
            name={colleague}
            seed={item.operatorId ?? item.id}
            picture={pictureOf(item.operatorId)}
            size="large"
          />
          <span className="absolute -end-1.5 -bottom-1 flex size-5 items-center justify-center rounded-full bg-surface text-soft shadow-rest">
            <Icon size={11} strokeWidth={2.25} aria-hidden="true" />
          </span>
        </span>
        <span className="flex min-w-0 grow flex-col gap-0.5">
          <span className="flex items-baseline gap-3">
            <span className={classes('min-w-0 grow text-pretty', item.read ? 'text-soft' : 'font-semibold')}>
              {t(`notifications.${item.kind}`, {
                name: colleague,
                contact: contactName(
                  { contact: { id: item.contactId, name: item.contactName, email: null } },
                  t,
                ),
                group: item.groupName ?? '',
              })}
            </span>
            <time
              dateTime={item.at}
              title={fullTime(locale, at)}
              className={classes(
                'tabular shrink-0 text-small text-faint',
                !item.read && 'wide:group-focus-within:invisible wide:group-hover:invisible',
              )}
            >
              {clockTime(locale, at)}
            </time>
          </span>
          {item.text ? (
            <span
              dir="auto"
              className="mt-1 w-fit max-w-full rounded-lg bg-amber-tint px-3 py-1.5 text-dense wrap-anywhere"
            >
              <span className="line-clamp-2">{item.text}</span>
            </span>
          ) : null}
          {item.about ? (
            <span dir="auto" className="truncate text-dense text-faint">
              {t('notifications.about', {
                text: sayVoice(item.about, (clock) => t('voice.message', { clock })),
              })}
            </span>
          ) : null}
        </span>
      </Go>
      {item.read ? null : (
        <span className="absolute end-2 top-2 hidden opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 wide:block pointer-coarse:hidden!">
          <IconButton label={t('notifications.readThis')} onPress={read}>
            <Check size={15} aria-hidden="true" />
          </IconButton>
        </span>
      )}
    </div>
  )
}
