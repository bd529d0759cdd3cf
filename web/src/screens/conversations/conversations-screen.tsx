import type { ConversationState } from '@foyer/contract/conversations.ts'
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { useGo } from '../../link.tsx'
import { ListFailed } from '../../list-failed.tsx'
import { paths } from '../../paths.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useWide } from '../../ui/media.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { TwoPanes } from '../../ui/two-panes.tsx'
import { useSteady } from '../../ui/use-steady.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { useList } from '../../use-list.ts'
import { useCursor } from '../inbox/use-cursor.ts'
import { ArchiveRow } from './archive-row.tsx'
import { readFilter } from './paths.ts'
import { SearchBox } from './search-box.tsx'
import { useFoundEntry } from './use-found-entry.ts'

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
    <div className="@container/list flex h-full flex-col">
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
        <h1 className="me-auto text-base font-semibold @max-[50rem]/list:w-full">{t('nav.conversations')}</h1>
        <div className="w-36 @min-[50rem]/list:w-44">
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
        <SearchBox
          label={t('all.search')}
          value={filter.search ?? ''}
          onSearch={(search) => go(paths.conversations({ ...filter, search }), { replace: true })}
        />
      </header>
      <div ref={scroller} className="relative min-h-0 grow overflow-y-auto py-1.5 [overflow-anchor:none]">
        {waiting > 0 ? (
          <div className="sticky top-1 z-20 flex h-0 justify-center">
            <Button look="primary" onPress={release} className="arrive h-7 min-h-7 rounded-full shadow-float">
              {t('inbox.waiting', { count: waiting })}
            </Button>
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
          estimate={open === undefined ? 44 : 58}
          reveal={reveal}
          onEnd={list.hasNextPage && !list.isFetchingNextPage ? list.fetchNextPage : undefined}
        >
          {(id) => {
            const head = heads.current.get(id)
            return head ? (
              <ArchiveRow
                head={head}
                match={matches.get(id)}
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
