import { serverNow } from '@foyer/client/clock.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import { AlarmClock, AlarmClockOff, CalendarClock } from 'lucide-react'
import { useLocale, useText } from '../../text.tsx'
import { whenNext } from '../../time.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { useNow } from '../../ui/now.ts'
import { snoozePresets } from './snooze-times.ts'
import type { ConversationActions } from './use-actions.ts'

/** Puts the conversation off until a moment, or brings it back. */
export function SnoozeMenu({
  head,
  actions,
  choose,
}: {
  head: Head
  actions: ConversationActions
  /** Asks for a date and a time. */
  choose: () => void
}) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const until = head.snoozedUntil && whenNext(locale, Date.parse(head.snoozedUntil), now)
  return (
    <Menu
      label={t('snooze.button')}
      trigger={
        <IconButton label={t('snooze.button')}>
          <AlarmClock size={16} aria-hidden="true" className={until ? 'text-accent' : undefined} />
        </IconButton>
      }
    >
      {until ? (
        <>
          <MenuItem icon={<AlarmClockOff size={15} />} onAction={() => actions.snooze(null)}>
            {t('snooze.now')}
          </MenuItem>
          <MenuLine />
        </>
      ) : null}
      {snoozePresets(serverNow()).map(({ name, at }) => (
        <MenuItem key={name} note={whenNext(locale, at, now)} onAction={() => actions.snooze(at)}>
          {t(`snooze.${name}`)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<CalendarClock size={15} />} onAction={choose}>
        {t('snooze.choose')}
      </MenuItem>
    </Menu>
  )
}
