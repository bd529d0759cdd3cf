import { Keyboard, LogOut, Moon, Search, Sun, ToggleLeft } from 'lucide-react'
import { useGo } from '../../link.tsx'
import { entryOf } from '../../part.ts'
import { useParts } from '../../parts.ts'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { type Command, useCommands } from './commands.ts'
import { useLogOut, useSetOnline, useUpdateMe } from './me-actions.ts'

/** What can be done from everywhere: going to each part, what the parts bring, and what concerns me. */
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
  const dark =
    me.theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : me.theme === 'dark'
  const ofParts = useParts().flatMap((part): Command[] => [
    { id: part.path, group: 'go', label: t(part.label), icon: part.icon, run: () => go(entryOf(part)) },
    ...(part.commands ?? []).map(
      ({ id, label, icon, run }) => ({ id, group: 'go', label: t(label), icon, run: () => run(go) }) as const,
    ),
  ])
  useCommands([
    ...ofParts,
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
