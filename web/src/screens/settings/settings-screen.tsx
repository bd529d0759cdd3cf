import { useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useLayoutEffect, useRef } from 'react'
import { Go } from '../../link.tsx'
import { fetchSoon } from '../../soon.ts'
import { useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { InstallationNotices } from './installation-notices.tsx'
import { settingsPaths } from './paths.ts'
import { groupTitles, type Section } from './section.ts'
import { useSections } from './sections.ts'
import { SettingsSearch } from './settings-search.tsx'
import { useMarked } from './use-marked.ts'

const groups = Object.keys(groupTitles) as (keyof typeof groupTitles)[]

/** Settings, one section at an address: the sections on one sheet, the one that is open on another. */
export function SettingsScreen() {
  const t = useText()
  const { section } = useParams({ strict: false }) as { section?: string }
  const offered = useSections()
  const here = offered.find(({ path }) => path === section) ?? offered[0]
  const tabs = useRef<HTMLElement>(null)
  const page = useRef<HTMLDivElement>(null)
  const current = here?.path
  // Whoever is in one section may go to any other.
  useEffect(fetchSoon, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another tab to bring into view
  useLayoutEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
    page.current?.scrollTo({ top: 0 })
  }, [current])
  useMarked(page, here)
  if (!here) return null
  const { Screen, icon: Icon } = here
  return (
    <div className="flex h-full flex-col gap-2 max-wide:gap-0 wide:flex-row">
      <div className="sheet flex min-h-0 shrink-0 flex-col border-line max-wide:border-b wide:w-64">
        <h1 className="flex min-h-12 shrink-0 items-center px-4.5 text-large font-bold">
          {t('nav.settings')}
        </h1>
        <SettingsSearch>
          <nav
            ref={tabs}
            aria-label={t('settings.sections')}
            className="flex gap-x-0.5 px-2 pb-2 max-wide:overflow-x-auto max-wide:px-6 max-wide:[mask-image:linear-gradient(to_right,transparent,black_1.5rem,black_calc(100%-1.5rem),transparent)] wide:min-h-0 wide:grow wide:flex-col wide:gap-y-4 wide:overflow-y-auto wide:pt-1 wide:pb-4"
          >
            {groups.map((group) => (
              <Group
                key={group}
                title={t(groupTitles[group])}
                sections={offered.filter((each) => each.group === group)}
                current={here.path}
              />
            ))}
          </nav>
        </SettingsSearch>
      </div>
      <div className="sheet min-h-0 min-w-0 grow">
        <div
          ref={page}
          className="h-full scroll-py-24 overflow-y-auto px-4.5 py-6 wide:px-10 wide:py-8 **:data-marked:rounded-md **:data-marked:bg-accent-tint **:data-marked:shadow-[0_0_0_0.5rem_var(--accent-tint)] forced-colors:**:data-marked:outline-2"
        >
          <div className={classes('flex flex-col gap-7', here.isBroad ? 'max-w-240' : 'max-w-160')}>
            <InstallationNotices />
            <header className="flex items-start gap-3.5">
              <span className="grid size-11 shrink-0 place-items-center rounded-lg bg-sunk text-soft max-wide:hidden">
                <Icon size={20} strokeWidth={1.7} aria-hidden="true" />
              </span>
              <div className="flex min-w-0 flex-col gap-0.5">
                <h2 className="text-title font-bold tracking-tight">{t(here.label)}</h2>
                <p className="max-w-140 text-pretty text-soft">{t(here.text)}</p>
              </div>
            </header>
            <Suspense fallback={<RowSkeleton rows={4} />}>
              <Screen />
            </Suspense>
          </div>
        </div>
      </div>
    </div>
  )
}

type GroupProps = { title: string; sections: readonly Section[]; current: string }

/** The sections that concern the same people; on a small screen they follow one another in one row. */
function Group({ title, sections, current }: GroupProps) {
  const t = useText()
  if (sections.length === 0) return null
  return (
    <div className="flex shrink-0 gap-0.5 wide:flex-col">
      <p className="px-2.5 pb-1 text-small font-medium text-faint max-wide:hidden">{title}</p>
      {sections.map(({ path, label, icon: Icon }) => {
        const here = path === current
        return (
          <Go
            key={path}
            to={settingsPaths.settings(path)}
            aria-current={here ? 'page' : undefined}
            className={classes(
              'flex min-h-8.5 shrink-0 items-center gap-2.5 rounded-lg px-2.5 py-1 text-base transition-colors focus-visible:-outline-offset-2',
              here ? 'bg-selected font-semibold text-ink' : 'text-soft hover:bg-hover hover:text-ink',
            )}
          >
            <Icon
              size={16}
              strokeWidth={here ? 2.1 : 1.8}
              className={classes('shrink-0', here ? 'text-ink' : 'text-faint')}
              aria-hidden="true"
            />
            {t(label)}
          </Go>
        )
      })}
    </div>
  )
}
