import { listWorkloads } from '@foyer/contract/operators.ts'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useGo } from '../../link.tsx'
import { groupsQuery, useMe, useOperators } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { classes } from '../../ui/classes.ts'
import { GoneCard } from './gone-card.tsx'
import { OperatorCard } from './operator-card.tsx'
import { operatorsPaths, readOperatorsFilter } from './paths.ts'
import { hang, type Sums, sum } from './wall.ts'

/** The team as a wall of faces: who is there, with whom, and how busy; it changes by itself. */
export function OperatorsScreen() {
  const t = useText()
  const me = useMe()
  const go = useGo()
  const locale = useLocale()
  const { data: circles, isPending: isGrouping } = useQuery(groupsQuery)
  const groups = circles?.items ?? []
  const filter = readOperatorsFilter(useSearch({ strict: false }))
  const group = groups.find(({ id }) => id === filter.group) ?? null
  const wall = hang({ operators: useOperators(), meId: me.id, group, locale })
  const { data, isPending: isCounting } = useQuery({
    // Read again with the operators; what changes in between without them is not far off.
    queryKey: ['operators', 'workloads'],
    queryFn: ({ signal }) => api.call(listWorkloads, { signal }),
    refetchInterval: 15_000,
  })
  const workloads = new Map(data?.items.map((item) => [item.operatorId, item]))
  const groupsOf = (id: string) => groups.filter(({ memberIds }) => memberIds.includes(id))
  const workOf = (id: string) => data && (workloads.get(id) ?? { operatorId: id, running: 0, live: [] })
  return (
    <div className="h-full overflow-y-auto">
      <div
        // Seen once all of it is known: what comes later would push the rest about.
        className={classes(
          'mx-auto flex max-w-280 flex-col gap-5 px-4 py-4 wide:px-6 wide:py-5',
          (isGrouping || isCounting) && 'invisible',
        )}
      >
        <header className="flex flex-wrap items-center gap-x-8 gap-y-3">
          <h1 className="me-auto text-large font-bold">{t('nav.operators')}</h1>
          <Figures sums={sum(wall, workloads)} />
          {groups.length > 0 ? (
            <div className="w-44">
              <Choice
                bare
                label={t('panel.group')}
                value={group?.id ?? ''}
                options={[
                  { value: '', label: t('inbox.groupAll') },
                  ...groups.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={(id) => go(operatorsPaths.operators({ group: id || undefined }), { replace: true })}
              />
            </div>
          ) : null}
        </header>
        <ul
          aria-label={t('nav.operators')}
          className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,18rem),1fr))] gap-3"
        >
          {wall.here.map((operator) => (
            <OperatorCard
              key={operator.id}
              operator={operator}
              mine={operator.id === me.id}
              groups={groupsOf(operator.id)}
              workload={workOf(operator.id)}
            />
          ))}
        </ul>
        {wall.gone.length > 0 ? (
          <section aria-label={t('me.offline')} className="flex flex-col gap-2.5">
            <h2 className="flex items-baseline gap-2 text-dense font-bold">
              {t('me.offline')}
              <span className="tabular text-small font-normal text-faint">{wall.gone.length}</span>
            </h2>
            <ul
              aria-label={t('me.offline')}
              className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-2"
            >
              {wall.gone.map((operator) => (
                <GoneCard
                  key={operator.id}
                  operator={operator}
                  groups={groupsOf(operator.id)}
                  workload={workOf(operator.id)}
                />
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </div>
  )
}

/** What all of it comes to, as figures. */
function Figures({ sums }: { sums: Sums }) {
  const t = useText()
  const figures = [
    { value: `${sums.online}`, word: t('operators.sumOnline') },
    { value: `${sums.used}/${sums.slots}`, word: t('operators.sumLive') },
    { value: `${sums.running}`, word: t('operators.sumAssigned', { count: sums.running }) },
  ]
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-2">
      {figures.map(({ value, word }) => (
        <li key={word} className="flex flex-col">
          <span className="tabular text-lead leading-6 font-bold">{value}</span>
          <span className="text-small text-faint">{word}</span>
        </li>
      ))}
    </ul>
  )
}
