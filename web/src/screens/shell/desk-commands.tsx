import {
  Archive,
  Bell,
  CircleUser,
  Inbox,
  Keyboard,
  LogOut,
  Moon,
  Search,
  Settings,
  Sun,
  ToggleLeft,
  Users,
} from 'lucide-react'
import { useGo } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { useCommands } from './commands.ts'
import { useLogOut, useSetOnline, useUpdateMe } from './me-actions.ts'
import { useSearching } from './use-searching.ts'

/** What can be done from everywhere. */
export function useDeskCommands({
  openKeys,
  openPalette,
}: {
  openKeys: () => void
  openPalette: () => void
}): void {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const setOnline = useSetOnline()
  const updateMe = useUpdateMe()
  const logOut = useLogOut()
  const search = useSearching()
  const dark =
    me.theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : me.theme === 'dark'
  useCommands([
    { id: 'inbox', group: 'go', label: t('nav.inbox'), icon: Inbox, run: () => go(paths.inbox()) },
    {
      id: 'all',
      group: 'go',
      label: t('nav.conversations'),
      icon: Archive,
      run: () => go(paths.conversations({})),
    },
    { id: 'searching', group: 'go', label: t('all.search'), icon: Search, run: search },
    {
      id: 'notifications',
      group: 'go',
      label: t('nav.notifications'),
      icon: Bell,
      run: () => go(paths.notifications()),
    },
    {
      id: 'operators',
      group: 'go',
      label: t('nav.operators'),
      icon: Users,
      run: () => go(paths.operators()),
    },
    {
      id: 'settings',
      group: 'go',
      label: t('nav.settings'),
      icon: Settings,
      run: () => go(paths.settings('profile')),
    },
    {
      id: 'appearance',
      group: 'go',
      label: t('settings.appearance'),
      icon: CircleUser,
      run: () => go(paths.settings('appearance')),
    },
    {
      id: 'availability',
      group: 'general',
      label: me.online ? t('me.goOffline') : t('me.goOnline'),
      icon: ToggleLeft,
      run: () => setOnline(!me.online),
    },
    {
      id: 'theme',
      group: 'general',
      label: dark ? t('command.light') : t('command.dark'),
      icon: dark ? Sun : Moon,
      run: () => updateMe({ theme: dark ? 'light' : 'dark' }),
    },
    { id: 'palette', group: 'general', label: t('command.open'), icon: Search, run: openPalette },
    { id: 'keys', group: 'general', label: t('command.keys'), icon: Keyboard, run: openKeys },
    { id: 'log-out', group: 'general', label: t('me.logOut'), icon: LogOut, run: logOut },
  ])
}
