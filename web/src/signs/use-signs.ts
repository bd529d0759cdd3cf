import { loadPatiently } from '@foyer/client/load.ts'
import type { Operator } from '@foyer/contract/operators.ts'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useGo, usePathname } from '../link.tsx'
import { paths } from '../paths.ts'
import { lastText } from '../screens/conversations/words.ts'
import { useNotifications } from '../screens/notifications/use-notifications.ts'
import { useMe } from '../session.ts'
import { useSync } from '../sync.ts'
import { type TextKey, useLocale, useText } from '../text.tsx'
import { duration } from '../time.ts'
import type { Signs, Told } from './start.ts'
import { useSignSettings } from './use-settings.ts'

const SignsContext = createContext<Signs | null>(null)
export const SignsProvider = SignsContext

/** Starts what makes sounds and notifications; it is not needed to show the first screen, and null until it is there. */
export function useStartSigns(): Signs | null {
  const { live, lists } = useSync()
  const me = useMe()
  const go = useGo()
  const pathname = usePathname()
  const settings = useSignSettings()
  const words = useWords()
  const [signs, setSigns] = useState<Signs | null>(null)
  const now = useRef({ settings, words, go })
  now.current = { settings, words, go }

  useEffect(() => {
    let started: Signs | null = null
    let left = false
    void loadPatiently(() => import('./start.ts')).then(({ startSigns }) => {
      if (left) return
      started = startSigns({
        live,
        lists,
        meId: me.id,
        settings: () => now.current.settings,
        words: (told) => now.current.words(told),
        open: (id) => now.current.go(id ? paths.inboxConversation(id) : paths.inbox()),
      })
      setSigns(started)
    })
    return () => {
      left = true
      started?.stop()
    }
  }, [live, lists, me.id])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another thing before one's eyes
  useEffect(() => signs?.look(), [signs, pathname])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the settings are read where they are needed
  useEffect(() => signs?.renew(), [signs, settings])
  useReadElsewhere(signs)
  return signs
}

/** What was read on another device needs no notification here. */
function useReadElsewhere(signs: Signs | null): void {
  const { items } = useNotifications()
  const unread = useRef(new Set<string>())
  useEffect(() => {
    const still = new Set(items.filter(({ read }) => !read).map(({ conversationId }) => conversationId))
    for (const id of unread.current) if (!still.has(id)) signs?.close(id)
    unread.current = still
  }, [items, signs])
}

export function useSigns(): Signs | null {
  return useContext(SignsContext)
}

const nothing = () => () => {}

/** Whether a sound was due that the browser kept from being heard. */
export function useIsBlocked(): boolean {
  const signs = useSigns()
  return useSyncExternalStore(signs?.subscribe ?? nothing, () => signs?.isBlocked() ?? false)
}

/** What a notification says; nothing of what was written, and of whom, for those who want it so. */
function useWords(): (told: Told) => { title: string; body: string } {
  const t = useText()
  const locale = useLocale()
  const queries = useQueryClient()
  const preview = useSignSettings()?.preview ?? false
  const nameOf = (id: string | null) =>
    queries.getQueryData<{ items: Operator[] }>(['operators'])?.items.find((one) => one.id === id)?.name ??
    t('log.operator')
  return (told) => {
    if (told.what === 'back') return { title: 'Foyer', body: t('signs.back', { count: told.count }) }
    const plain: TextKey = `signs.plain.${told.what}`
    if (!preview) return { title: 'Foyer', body: t(plain) }
    const contact = told.head.contact.name ?? t('contact.unnamed')
    const text = lastText(told.head, t)
    if (told.what === 'alarm')
      return { title: contact, body: t('signs.alarm', { time: duration(locale, told.ms) }) }
    if (told.what === 'mentioned')
      return { title: t('signs.mentionedBy', { name: nameOf(told.by) }), body: contact }
    if (told.what === 'assigned' && told.by)
      return { title: t('signs.givenBy', { name: nameOf(told.by) }), body: `${contact}: ${text}` }
    return { title: `${contact} · ${t(plain)}`, body: text }
  }
}
