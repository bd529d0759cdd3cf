import type { ConversationState } from '@foyer/contract/conversations.ts'
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { ArrowUp } from 'lucide-react'
import { useRef } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useGo } from '../../link.tsx'
import { ListFailed } from '../../list-failed.tsx'
import { paths } from '../../paths.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/empty.tsx'
import { useWide } from '../../ui/media.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { TwoPanes } from '../../ui/two-panes.tsx'
import { useSteady } from '../../ui/use-steady.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { useList } from '../../use-list.ts'
import { useCursor } from '../inbox/use-cursor.ts'
import { ArchiveRow, columns } from './archive-row.tsx'
import { useDensity } from './density.ts'
import { readFilter } from './paths.ts'
import { SearchBox } from './search-box.tsx'
import { useFoundEntry } from './use-found-entry.ts'

/** Heights of a row in pixels before it is measured, alone and beside what is open. */
const oneLine = { compact: 36, comfortable: 48 }
const twoLines = { compact: 48, comfortable: 58 }

/** Every conversation, running and ended, newest first; what is open stands beside the list it was found in. */
export function ConversationsScreen() {
  const t = useText()
  const wide = useWide()
  const open = useParams({ strict: false }).conversationId
  useFoundEntry(open)
  if (!wide) return open === undefined ? <ArchiveList /> : <Outlet />
  return (
    <TwoPanes list={<ArchiveList />} alone={open === undefined} resizeLabel={t('inbox.resize')}>
      <Outlet />
    </TwoPanes>
  )
}

function ArchiveList() {
  const t = useText()
  const go = useGo()
  const filter = readFilter(useSearch({ strict: false }))
  const open = useParams({ strict: false }).conversationId
  const scroller = useRef<HTMLDivElement>(null)
  const [density] = useDensity()
  const list = useList({ list: 'all', ...filter })
  const live = list.rows.map((row) => row.id)
  const { shown, gone, waiting, release } = useSteady(live, scroller, { own: open })
  const pages = filter.search === undefined ? [] : (list.data?.pages ?? [])
  const matches = new Map(
    pages.flatMap(({ searched }) => searched?.matches ?? []).map((match) => [match.conversationId, match]),
  )
  const incomplete = pages.some(({ searched }) => searched?.complete === false)
  const pathOf = (id: string) => {
    const match = matches.get(id)
    return match ? paths.found(id, filter, match.seq) : paths.conversation(id, filter)
  }
  const heads = useRef(new Map<string, (typeof list.rows)[number]>())
  for (const row of list.rows) heads.current.set(row.id, row)
  const states: readonly { value: ConversationState | 'any'; label: string }[] = [
    { value: 'any', label: t('all.anyState') },
    { value: 'new', label: t('state.new') },
    { value: 'open', label: t('state.open') },
    { value: 'pending', label: t('state.pending') },
    { value: 'ended', label: t('state.ended') },
  ]
  const { reveal } = useCursor({
    shown,
    gone,
    idOf: (key) => key,
    pathOf,
    open,
  })
  const filtered = filter.state !== undefined || filter.search !== undefined
  const nothing = list.isSuccess && shown.length === 0

  return (
    <div className="@container/list flex h-full flex-col bg-surface">
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 px-4.5 py-2 @max-[50rem]/list:pe-3">
        <h1 className="me-auto flex min-h-8 items-center text-large font-bold @max-[50rem]/list:w-full">
          {t('nav.conversations')}
        </h1>
        <SearchBox
          label={t('all.search')}
          value={filter.search ?? ''}
          onSearch={(search) => go(paths.conversations({ ...filter, search }), { replace: true })}
        />
        <div className="w-34 shrink-0">
          <Choice
            bare
            label={t('all.state')}
            value={filter.state ?? 'any'}
            options={states}
            onChange={(state) =>
              go(paths.conversations({ ...filter, state: state === 'any' ? undefined : state }), {
                replace: true,
              })
            }
          />
        </div>
      </header>
      {nothing ? null : (
        <div
          aria-hidden="true"
          className={classes(
            'mx-1.5 hidden shrink-0 gap-x-3 border-b border-line/70 ps-4.5 pe-3 pt-1 pb-1.5 text-small text-faint',
            columns,
          )}
        >
          <span>{t('all.columnContact')}</span>
          <span>{t('all.columnSaid')}</span>
          <span>{t('all.columnAssignee')}</span>
          <span className="text-end">{t('all.columnWhen')}</span>
        </div>
      )}
      <div ref={scroller} className="relative min-h-0 grow overflow-y-auto py-1.5 [overflow-anchor:none]">
        {waiting > 0 ? (
          <div className="sticky top-1 z-20 flex h-0 justify-center">
            <AriaButton
              onPress={release}
              className="thumb arrive flex h-7 items-center gap-1.5 rounded-full bg-ember px-3 text-small font-semibold text-on-ember shadow-float"
            >
              <ArrowUp size={13} aria-hidden="true" />
              {t('inbox.waiting', { count: waiting })}
            </AriaButton>
          </div>
        ) : null}
        {list.isPending ? <RowSkeleton rows={8} /> : null}
        {list.isError ? <ListFailed retry={() => void list.refetch()} /> : null}
        {incomplete ? (
          <p role="status" className="px-4 pb-1.5 text-small text-faint">
            {t('all.searchIncomplete')}
          </p>
        ) : null}
        {nothing && filtered ? (
          <Empty
            drawing="nothingFound"
            title={t('all.nothingFound')}
            action={<Button onPress={() => go(paths.conversations({}))}>{t('all.clear')}</Button>}
          >
            {t('all.nothingFoundText')}
          </Empty>
        ) : null}
        {nothing && !filtered ? (
          <Empty drawing="nothingYet" title={t('all.empty')}>
            {t('all.emptyText')}
          </Empty>
        ) : null}
        <VirtualRows
          label={t('nav.conversations')}
          keys={shown}
          scroller={scroller}
          estimate={(open === undefined ? oneLine : twoLines)[density]}
          reveal={reveal}
          onEnd={list.hasNextPage && !list.isFetchingNextPage ? list.fetchNextPage : undefined}
        >
          {(id) => {
            const head = heads.current.get(id)
            return head ? (
              <ArchiveRow
                head={head}
                match={matches.get(id)}
                density={density}
                to={pathOf(id)}
                here={id === open}
                gone={gone.has(id)}
              />
            ) : null
          }}
        </VirtualRows>
      </div>
    </div>
  )
}
