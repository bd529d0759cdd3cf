import { Bell, BellOff, Inbox, LogOut, Settings, ToggleLeft, ToggleRight } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useGo } from '../../link.tsx'
import { entryOf } from '../../part.ts'
import { useParts } from '../../parts.ts'
import { paths } from '../../paths.ts'
import { useMe, useOperators } from '../../session.ts'
import { useChangeSigns, useSignSettings } from '../../signs/use-settings.ts'
import { useText } from '../../text.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { classes } from '../../ui/classes.ts'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useLogOut, useSetOnline } from './me-actions.ts'
import { useCut } from './use-cut.ts'

/** My availability for live conversations. */
export function AvailabilitySwitch({ narrow }: { narrow: boolean }) {
  const t = useText()
  const { online } = useMe()
  const setOnline = useSetOnline()
  const cut = useCut()
  const slots = useMySlots()
  return (
    <div
      className={classes('flex items-center gap-1', narrow ? 'min-h-11 flex-col' : 'min-h-8 px-2')}
      title={narrow && cut ? t('me.cut') : undefined}
    >
      <Toggle on={online} onChange={setOnline} tone={cut ? 'grey' : 'green'} label={t('me.availability')}>
        {narrow ? null : (
          <span className={classes('text-dense', cut ? 'text-faint' : 'text-soft')}>
            {cut ? t('me.cut') : online ? t('me.online') : t('me.offline')}
          </span>
        )}
      </Toggle>
      {slots ? (
        <span
          role="img"
          aria-label={t('me.slots', slots)}
          title={t('me.slots', slots)}
          className={classes(
            'tabular rounded-md text-small font-medium',
            narrow ? '' : 'ms-auto px-1.5',
            slots.used >= slots.most ? 'text-amber' : slots.used > 0 ? 'text-green' : 'text-faint',
          )}
        >
          {slots.used}/{slots.most}
        </span>
      ) : null}
    </div>
  )
}

/** How many live conversations I have and may have. */
function useMySlots(): { used: number; most: number } | null {
  const me = useMe()
  return useOperators().find(({ id }) => id === me.id)?.slots ?? null
}

/** My picture and its menu. */
export function MeMenu({ narrow, withSwitch = false }: { narrow: boolean; withSwitch?: boolean }) {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const setOnline = useSetOnline()
  const cut = useCut()
  const logOut = useLogOut()
  const silenced = useSignSettings()?.silenced ?? false
  const changeSigns = useChangeSigns()
  const parts = useParts()
  // Where there is the switch there is the bar at the bottom, which has no room for all of them.
  const elsewhere = withSwitch ? parts.filter(({ bottomLabel }) => !bottomLabel) : []
  return (
    <Menu
      label={t('me.menu')}
      placement="top"
      trigger={
        <AriaButton
          aria-label={t('me.menuOf', { name: me.name })}
          className={classes(
            'thumb relative',
            'flex min-h-10 min-w-10 items-center gap-2.5 rounded-md text-start data-hovered:bg-hover data-pressed:bg-press',
            narrow ? 'justify-center' : 'px-1.5 py-1',
          )}
        >
          <Avatar
            name={me.name}
            seed={me.id}
            picture={me.picture}
            size={narrow ? 'medium' : 'small'}
            online={me.online && !cut}
          />
          {narrow ? null : <span className="grow truncate text-dense">{me.name}</span>}
          {silenced ? <Silenced narrow={narrow} /> : null}
        </AriaButton>
      }
    >
      {withSwitch ? (
        <MenuItem
          icon={me.online ? <ToggleRight size={15} /> : <ToggleLeft size={15} />}
          onAction={() => setOnline(!me.online)}
        >
          {me.online ? t('me.goOffline') : t('me.goOnline')}
        </MenuItem>
      ) : null}
      {elsewhere.map((part) => (
        <MenuItem key={part.path} icon={<part.icon size={15} />} onAction={() => go(entryOf(part))}>
          {t(part.label)}
        </MenuItem>
      ))}
      <MenuItem
        icon={silenced ? <Bell size={15} /> : <BellOff size={15} />}
        onAction={() => void changeSigns({ silenced: !silenced })}
      >
        {silenced ? t('signs.unsilence') : t('signs.silence')}
      </MenuItem>
      <MenuItem icon={<Inbox size={15} />} onAction={() => go(paths.home())}>
        {t('me.home')}
      </MenuItem>
      <MenuItem icon={<Settings size={15} />} onAction={() => go(paths.settings('profile'))}>
        {t('me.settings')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<LogOut size={15} />} onAction={() => void logOut()}>
        {t('me.logOut')}
      </MenuItem>
    </Menu>
  )
}

/** Nobody forgets that they hear nothing. */
function Silenced({ narrow }: { narrow: boolean }) {
  const t = useText()
  return (
    <span
      role="img"
      aria-label={t('signs.silenced')}
      title={t('signs.silenced')}
      className={
        narrow ? 'absolute end-0 top-0 rounded-full bg-canvas p-0.5 text-amber' : 'shrink-0 text-amber'
      }
    >
      <BellOff size={13} aria-hidden="true" />
    </span>
  )
}
