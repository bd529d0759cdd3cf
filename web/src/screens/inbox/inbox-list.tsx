import type { Head } from '@foyer/contract/conversations.ts'
import { useParams } from '@tanstack/react-router'
import { ArrowUp } from 'lucide-react'
import { useContext, useEffect, useMemo, useRef } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Go } from '../../link.tsx'
import { ListFailed } from '../../list-failed.tsx'
import { paths } from '../../paths.ts'
import { useGroups, useMe, useOperatorName } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button, primaryLinkLook } from '../../ui/button.tsx'
import { useKept } from '../../ui/kept.ts'
import { useWide } from '../../ui/media.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { useSteady } from '../../ui/use-steady.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { useList } from '../../use-list.ts'
import { type Density, useDensity } from '../conversations/density.ts'
import { BelowHint } from './below-hint.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { GroupChoice } from './group-choice.tsx'
import { InboxSection, SectionEmpty } from './inbox-section.tsx'
import { MoveOnContext } from './move-on.ts'
import { useCursor } from './use-cursor.ts'
import { useFollowed } from './use-followed.ts'
import { useNothingYet } from './use-nothing-yet.ts'

/** Heights of a row in pixels, before it is measured. */
const rowHeights: Record<Density, number> = { compact: 50, comfortable: 64 }

/** Mine, what of it is put off, and Unassigned, one below the other in one scrolling list that holds still under the hand. */
export function InboxList() {
  const t = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const unassignedSection = useRef<HTMLElement>(null)
  const open = useParams({ strict: false }).conversationId
  const mine = useList({ list: 'mine' })
  const groups = useGroups()
  const me = useMe()
  const nameOf = useOperatorName()
  const [groupId, chooseGroup] = useKept<string | null>('inbox-group', null)
  const group = groups.find(({ id }) => id === groupId) ?? null
  const unassigned = useList(group ? { list: 'group', group: group.id } : { list: 'unassigned' })
  const [mineFolded, foldMine] = useKept('inbox-mine-folded', false)
  const [unassignedFolded, foldUnassigned] = useKept('inbox-unassigned-folded', false)
  const [snoozedFolded, foldSnoozed] = useKept('inbox-snoozed-folded', true)
  const [density] = useDensity()
  const counts = mine.counts ?? unassigned.counts
  const putOff = counts?.mineSnoozed ?? 0
  // Read once somebody looks at it.
  const snoozed = useList({ list: 'snoozed' }, { enabled: putOff > 0 && !snoozedFolded })
  const snoozedRows = putOff > 0 && !snoozedFolded ? snoozed.rows : noRows
  const waitingThere = group ? unassigned.counts?.group : counts?.unassigned
  const bothFailed = mine.isError && unassigned.isError

  const live = useMemo(
    () => [
      ...(mineFolded ? [] : mine.rows.map((row) => `mine:${row.id}`)),
      ...snoozedRows.map((row) => `snoozed:${row.id}`),
      ...(unassignedFolded ? [] : unassigned.rows.map((row) => `unassigned:${row.id}`)),
    ],
    [mine.rows, snoozedRows, unassigned.rows, mineFolded, unassignedFolded],
  )
  const { own, hasMoved } = useFollowed(live, idOf, open)
  const { shown, gone, waiting, release } = useSteady(live, scroller, { own, follow: hasMoved })
  const heads = useHeads(mine.rows, snoozedRows, unassigned.rows)

  const keysOf = (section: string) => shown.filter((key) => key.startsWith(`${section}:`))
  const { reveal, moveOn } = useCursor({
    shown,
    gone,
    idOf,
    pathOf: paths.inboxConversation,
    open,
    moved: hasMoved ? own : undefined,
  })
  const beside = useContext(MoveOnContext)
  useEffect(() => {
    beside.current = moveOn
    return () => {
      beside.current = null
    }
  })

  const row = (key: string) => {
    const head = heads.get(idOf(key))
    if (!head) return null
    return (
      <ConversationRow
        head={head}
        group={groups.find(({ id }) => id === head.groupId)?.name}
        to={paths.inboxConversation(head.id)}
        density={density}
        here={head.id === open}
        giver={head.handed && head.assigneeId === me.id ? nameOf(head.handed.by) : undefined}
        gone={gone.has(key)}
      />
    )
  }
  return (
    <div className="relative flex min-h-0 grow flex-col">
      {waiting > 0 ? (
        <div className="pointer-events-none absolute inset-x-0 top-10 z-20 flex justify-center">
          <AriaButton
            onPress={release}
            className="thumb arrive pointer-events-auto flex h-7 items-center gap-1.5 rounded-full bg-ember px-3 text-small font-semibold text-on-ember shadow-float"
          >
            <ArrowUp size={13} aria-hidden="true" />
            {t('inbox.waiting', { count: waiting })}
          </AriaButton>
        </div>
      ) : null}
      <div ref={scroller} className="min-h-0 grow overflow-y-auto pb-4 [overflow-anchor:none]">
        {bothFailed ? (
          <ListFailed retry={() => void Promise.all([mine.refetch(), unassigned.refetch()])} />
        ) : null}
        <InboxSection
          title={t('inbox.mine')}
          isLeftOut={bothFailed}
          count={counts?.mine}
          unread={counts?.mineUnread ?? 0}
          live={counts?.mineLive ?? 0}
          folded={mineFolded}
          onFold={foldMine}
        >
          {mine.isError ? <Failed retry={mine.refetch} /> : null}
          {mine.isPending ? <RowSkeleton rows={6} /> : null}
          {mine.isSuccess && keysOf('mine').length === 0 ? (
            <SectionEmpty title={t('inbox.mineEmpty')} text={t('inbox.mineEmptyText')} />
          ) : null}
          <VirtualRows
            label={t('inbox.mine')}
            keys={keysOf('mine')}
            scroller={scroller}
            estimate={rowHeights[density]}
            total={counts?.mine}
            reveal={reveal}
            onEnd={mine.hasNextPage && !mine.isFetchingNextPage ? mine.fetchNextPage : undefined}
          >
            {row}
          </VirtualRows>
        </InboxSection>
        {putOff > 0 ? (
          <InboxSection
            title={t('inbox.snoozed')}
            count={putOff}
            unread={0}
            folded={snoozedFolded}
            onFold={foldSnoozed}
          >
            {snoozed.isError ? <Failed retry={snoozed.refetch} /> : null}
            {snoozed.isPending ? <RowSkeleton rows={1} /> : null}
            <VirtualRows
              label={t('inbox.snoozed')}
              keys={keysOf('snoozed')}
              scroller={scroller}
              estimate={rowHeights[density]}
              total={putOff}
              reveal={reveal}
              onEnd={snoozed.hasNextPage && !snoozed.isFetchingNextPage ? snoozed.fetchNextPage : undefined}
            >
              {row}
            </VirtualRows>
          </InboxSection>
        ) : null}
        <InboxSection
          ref={unassignedSection}
          title={t('inbox.unassigned')}
          count={waitingThere}
          unread={0}
          waitingSince={group ? unassigned.counts?.groupSince : counts?.unassignedSince}
          isLeftOut={bothFailed || (mine.isPending && !mineFolded)}
          folded={unassignedFolded}
          onFold={foldUnassigned}
          action={
            groups.length > 0 ? <GroupChoice groups={groups} chosen={group} choose={chooseGroup} /> : null
          }
        >
          {unassigned.isError ? <Failed retry={unassigned.refetch} /> : null}
          {unassigned.isPending ? <RowSkeleton rows={3} /> : null}
          {unassigned.isSuccess && keysOf('unassigned').length === 0 ? (
            group ? (
              <SectionEmpty text={t('inbox.groupEmpty', { name: group.name })} />
            ) : (
              <UnassignedEmpty isInboxEmpty={counts?.mine === 0} />
            )
          ) : null}
          <VirtualRows
            label={t('inbox.unassigned')}
            keys={keysOf('unassigned')}
            scroller={scroller}
            estimate={rowHeights[density]}
            total={waitingThere}
            reveal={reveal}
            onEnd={
              unassigned.hasNextPage && !unassigned.isFetchingNextPage ? unassigned.fetchNextPage : undefined
            }
          >
            {row}
          </VirtualRows>
        </InboxSection>
      </div>
      <BelowHint
        title={t('inbox.unassigned')}
        count={waitingThere ?? 0}
        section={unassignedSection}
        scroller={scroller}
      />
    </div>
  )
}

const noRows: readonly Head[] = []
const idOf = (key: string) => key.slice(key.indexOf(':') + 1)

/** The heads by id; one that has just left all lists is kept as it was last seen. */
function useHeads(...lists: readonly (readonly Head[])[]): ReadonlyMap<string, Head> {
  const seen = useRef(new Map<string, Head>())
  for (const head of lists.flat()) seen.current.set(head.id, head)
  return seen.current
}

/** Nobody waits: because all is taken, or because nothing has ever arrived and something is still to be done. */
function UnassignedEmpty({ isInboxEmpty }: { isInboxEmpty: boolean }) {
  const t = useText()
  const wide = useWide()
  const nothingYet = useNothingYet(isInboxEmpty)
  if (nothingYet === undefined) return null
  if (!nothingYet)
    return <SectionEmpty title={t('inbox.unassignedEmpty')} text={t('inbox.unassignedEmptyText')} />
  // Beside the list there is room to say it in full.
  if (wide) return <SectionEmpty text={t('inbox.unassignedEmptyText')} />
  return (
    <SectionEmpty title={t('inbox.nothingYet')} text={t('inbox.nothingYetText')}>
      <Go to={paths.settings('messenger')} className={primaryLinkLook}>
        {t('inbox.putMessenger')}
      </Go>
    </SectionEmpty>
  )
}

function Failed({ retry }: { retry: () => unknown }) {
  const t = useText()
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 px-4 py-3 text-dense text-faint">
      {t('list.failed')}
      <Button onPress={() => void retry()}>{t('list.retry')}</Button>
    </div>
  )
}
