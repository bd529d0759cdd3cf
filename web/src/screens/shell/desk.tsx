import type { Head } from '@foyer/contract/conversations.ts'
import type { Me } from '@foyer/contract/operators.ts'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { MeProvider } from '../../session.ts'
import { SignsProvider, useStartSigns } from '../../signs/use-signs.ts'
import { fetchSoon, soon } from '../../soon.ts'
import { SyncProvider, startSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { useWide } from '../../ui/media.ts'
import { notify } from '../../ui/notices.tsx'
import { contactName } from '../conversations/words.ts'
import { BottomBar } from './bottom-bar.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { useDeskCommands } from './desk-commands.tsx'
import { LeftBar } from './left-bar.tsx'
import { useNoteRecents } from './recents.ts'
import { SignsStrip } from './signs-strip.tsx'
import { useHandOverNotice } from './use-hand-over-notice.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useTitle } from './use-title.ts'

const Palette = soon(async () => (await import('./palette.tsx')).Palette)
const ShortcutsDialog = soon(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog)

/** Everything for somebody who is logged in: the connection, the bars and the screen between them. */
export function Desk({ me }: { me: Me }) {
  const t = useText()
  const queries = useQueryClient()
  const written = useRef<(head: Head) => void>(() => {})
  written.current = (head) =>
    notify({ tone: 'plain', text: t('conversation.endCancelled', { name: contactName(head, t) }) })
  const [sync] = useState(() => startSync(queries, me, { onWritten: (head) => written.current(head) }))
  useEffect(() => () => sync.stop(), [sync])
  return (
    <MeProvider value={me}>
      <SyncProvider value={sync}>
        <Frame />
      </SyncProvider>
    </MeProvider>
  )
}

function Frame() {
  const t = useText()
  const wide = useWide()
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null)
  useDeskCommands({
    openKeys: () => setOpen('keys'),
    openPalette: () => setOpen((now) => (now === 'palette' ? null : 'palette')),
  })
  useShortcuts()
  useTitle()
  useNoteRecents()
  const signs = useStartSigns()
  useKeptFocus()
  useHandOverNotice()
  useEffect(() => {
    const timer = setTimeout(fetchSoon, 1_000)
    return () => clearTimeout(timer)
  }, [])
  const close = () => setOpen(null)
  return (
    <SignsProvider value={signs}>
      <div className="flex h-full flex-col bg-canvas">
        <a
          href="#main"
          className="sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:start-2 focus:top-2"
        >
          {t('shell.skip')}
        </a>
        <ConnectionBanner />
        <SignsStrip />
        <div className="flex min-h-0 grow">
          {wide ? <LeftBar /> : null}
          <main
            id="main"
            tabIndex={-1}
            className="min-w-0 grow bg-surface outline-none wide:bg-canvas wide:py-2 wide:pe-2"
          >
            <Outlet />
          </main>
        </div>
        {wide ? null : <BottomBar />}
        <Suspense>
          {open === 'palette' ? <Palette onClose={close} /> : null}
          {open === 'keys' ? <ShortcutsDialog onClose={close} /> : null}
        </Suspense>
      </div>
    </SignsProvider>
  )
}
