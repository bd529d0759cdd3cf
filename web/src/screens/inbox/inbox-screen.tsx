import { Outlet, useParams } from '@tanstack/react-router'
import { useRef } from 'react'
import { Go } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { primaryLinkLook } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useWide } from '../../ui/media.ts'
import { TwoPanes } from '../../ui/two-panes.tsx'
import { useList } from '../../use-list.ts'
import { InboxList } from './inbox-list.tsx'
import { type MoveOn, MoveOnContext } from './move-on.ts'
import { useNothingYet } from './use-nothing-yet.ts'

/** The list on one side, what is open on the other; on a small screen one of the two. */
export function InboxScreen() {
  const t = useText()
  const wide = useWide()
  const open = useParams({ strict: false }).conversationId
  const moveOn = useRef<MoveOn | null>(null)
  if (!wide && open) return <Outlet />
  const list = (
    <>
      <header className="flex min-h-12 shrink-0 items-center px-4.5">
        <h1 className="text-large font-bold">{t('nav.inbox')}</h1>
      </header>
      <InboxList />
    </>
  )
  if (!wide) return <div className="flex h-full flex-col">{list}</div>
  return (
    <MoveOnContext value={moveOn}>
      <TwoPanes list={list} resizeLabel={t('inbox.resize')}>
        <Outlet />
      </TwoPanes>
    </MoveOnContext>
  )
}

/** Beside the list while nothing is open: what to do, or how conversations get here. */
export function NothingOpen() {
  const t = useText()
  const me = useMe()
  const { counts } = useList({ list: 'unassigned' })
  const isEmpty = counts !== undefined && counts.mine + counts.unassigned === 0
  const nothingYet = useNothingYet(isEmpty)
  if (!counts || nothingYet === undefined) return null
  return (
    <div className="flex h-full items-center justify-center">
      {nothingYet ? (
        <Empty
          drawing="nothingYet"
          title={t('inbox.nothingYet')}
          action={
            <Go to={paths.settings('messenger')} className={primaryLinkLook}>
              {t('inbox.putMessenger')}
            </Go>
          }
        >
          {t('inbox.nothingYetText')}
        </Empty>
      ) : isEmpty ? (
        <Empty drawing="caughtUp" title={t('inbox.allDone')}>
          {me.online ? t('inbox.allDoneOnline') : t('inbox.allDoneOffline')}
        </Empty>
      ) : (
        <Empty drawing="pickOne" title={t('inbox.pick')}>
          {me.shortcuts ? t('inbox.pickKeys') : t('inbox.pickText')}
        </Empty>
      )}
    </div>
  )
}
