import { newId } from '@foyer/client/ids.ts'
import { listMacros, type Macro } from '@foyer/contract/macros.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { ListFailed } from '../../list-failed.tsx'
import { useGroups, useMay } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { shortWhen } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Keys } from '../../ui/keys.tsx'
import { useNow } from '../../ui/now.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { SearchBox } from '../conversations/search-box.tsx'
import { MacroEditor } from './macro-editor.tsx'
import { MacroFiles } from './macro-files.tsx'
import { PagePart, rowLook, rowsLook } from './page-part.tsx'

const fresh = (mayKeep: boolean): Macro => ({
  id: newId(),
  name: '',
  shortcut: null,
  key: null,
  folder: null,
  audience: mayKeep ? 'everyone' : 'me',
  groupId: null,
  versions: {},
  used: 0,
  lastUsedAt: null,
  version: 0,
})

/** All macros that I see: to be found, written and changed, and as files. */
export function Macros() {
  const t = useText()
  const mayKeep = useMay('macros.manage')
  const [search, setSearch] = useState('')
  const [folder, setFolder] = useState('')
  const [editing, setEditing] = useState<Macro | null>(null)
  const { data, isPending, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery({
      queryKey: ['macros', 'list', search, folder],
      queryFn: ({ pageParam, signal }) =>
        api.call(listMacros, {
          query: {
            ...(pageParam === null ? {} : { cursor: pageParam }),
            ...(search === '' ? {} : { search }),
            ...(folder === '' ? {} : { folder }),
          },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      // What was found stays until what is looked for now is there.
      placeholderData: (before) => before,
    })
  const macros = data?.pages.flatMap((page) => page.items) ?? []
  const folders = data?.pages[0]?.folders ?? []
  const total = data?.pages[0]?.total ?? 0
  const isFiltered = search !== '' || folder !== ''
  return (
    <>
      <PagePart
        title={t('macros.all')}
        action={
          <Button look="primary" onPress={() => setEditing(fresh(mayKeep))}>
            <Plus size={14} aria-hidden="true" />
            {t('macros.add')}
          </Button>
        }
      >
        {total > 0 || isFiltered ? (
          <div className="@container/list flex flex-wrap items-center gap-2">
            <SearchBox label={t('macros.search')} value={search} onSearch={setSearch} />
            {folders.length > 0 ? (
              <Choice
                bare
                label={t('macros.folder')}
                value={folder}
                options={[
                  { value: '', label: t('macros.anyFolder') },
                  ...folders.map((each) => ({ value: each, label: each })),
                ]}
                onChange={setFolder}
              />
            ) : null}
          </div>
        ) : null}
        {isPending ? <RowSkeleton rows={4} /> : null}
        {isError ? <ListFailed retry={() => void refetch()} /> : null}
        {data && macros.length === 0 ? (
          <p className="px-1 text-dense text-faint">
            {isFiltered ? t('macros.noneFound') : t('macros.none')}
          </p>
        ) : null}
        <ul aria-label={t('macros.all')} className={rowsLook}>
          {macros.map((macro) => (
            <Row
              key={macro.id}
              macro={macro}
              edit={mayKeep || macro.audience === 'me' ? () => setEditing(macro) : null}
            />
          ))}
        </ul>
        {hasNextPage ? (
          <div className="px-1">
            <Button isBusy={isFetchingNextPage} onPress={() => void fetchNextPage()}>
              {t('macros.more')}
            </Button>
          </div>
        ) : null}
      </PagePart>
      <MacroFiles isEmpty={total === 0} />
      {editing ? (
        <MacroEditor key={editing.id} macro={editing} folders={folders} close={() => setEditing(null)} />
      ) : null}
    </>
  )
}

function Row({ macro, edit }: { macro: Macro; edit: (() => void) | null }) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const groups = useGroups()
  const { name, shortcut, key, folder, audience, groupId, versions, used, lastUsedAt } = macro
  // As whoever looks at the list would read it.
  const shown = versions[locale] ?? Object.values(versions)[0]
  const whose =
    audience === 'me'
      ? t('macros.audienceMe')
      : audience === 'group'
        ? (groups.find(({ id }) => id === groupId)?.name ?? t('macros.audienceGroup'))
        : t('macros.audienceEveryone')
  const at = lastUsedAt ? shortWhen(locale, Date.parse(lastUsedAt), now) : ''
  const facts = [
    whose,
    folder,
    Object.keys(versions).join(' · ').toUpperCase(),
    t('macros.used', { count: used, at }),
  ]
  return (
    <li className={rowLook}>
      <span className="min-w-48 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="font-medium">{name}</bdi>
          {shortcut ? <bdi className="text-small text-faint">!{shortcut}</bdi> : null}
          {key ? <Keys keys={t('macros.keys', { key: key.toUpperCase() })} /> : null}
        </span>
        <bdi className="line-clamp-1 text-soft">{shown?.text.replace(/\s+/gu, ' ')}</bdi>
        <span className="block text-small text-faint">{facts.filter(Boolean).join(' – ')}</span>
      </span>
      {edit ? (
        <Button aria-label={t('macros.editOne', { name })} onPress={edit}>
          {t('team.edit')}
        </Button>
      ) : null}
    </li>
  )
}
