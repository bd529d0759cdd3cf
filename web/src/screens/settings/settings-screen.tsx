import { useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useLayoutEffect, useRef } from 'react'
import { Go } from '../../link.tsx'
import { fetchSoon } from '../../soon.ts'
import { useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { InstallationNotices } from './installation-notices.tsx'
import { settingsPaths } from './paths.ts'
import { useSections } from './sections.ts'

/** Settings, one section at an address. */
export function SettingsScreen() {
  const t = useText()
  const { section } = useParams({ strict: false }) as { section?: string }
  const offered = useSections()
  const here = offered.find(({ path }) => path === section) ?? offered[0]
  const tabs = useRef<HTMLElement>(null)
  const current = here?.path
  // Whoever is in one section may go to any other.
  useEffect(fetchSoon, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another tab to bring into view
  useLayoutEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  if (!here) return null
  const { Screen } = here
  return (
    <div className="flex h-full flex-col wide:flex-row">
      <div className="shrink-0 border-line max-wide:border-b wide:w-56 wide:border-e">
        <h1 className="flex min-h-12 items-center px-4 text-base font-semibold">{t('nav.settings')}</h1>
        <nav
          ref={tabs}
          aria-label={t('settings.sections')}
          className="flex gap-0.5 px-2 pb-2 max-wide:overflow-x-auto max-wide:px-6 max-wide:[mask-image:linear-gradient(to_right,transparent,black_1.5rem,black_calc(100%-1.5rem),transparent)] wide:flex-col"
        >
          {offered.map(({ path, label }) => (
            <Go
              key={path}
              to={settingsPaths.settings(path)}
              aria-current={path === here.path ? 'page' : undefined}
              className={classes(
                'flex min-h-8 shrink-0 items-center rounded-md px-2.5 py-1 text-dense transition-colors',
                path === here.path
                  ? 'bg-press font-medium text-ink'
                  : 'text-soft hover:bg-hover hover:text-ink',
              )}
            >
              {t(label)}
            </Go>
          ))}
        </nav>
      </div>
      <div className="min-h-0 min-w-0 grow overflow-y-auto px-5 py-6 wide:px-10 wide:py-10">
        <div className={classes('mx-auto flex flex-col gap-6', here.isBroad ? 'max-w-240' : 'max-w-140')}>
          <InstallationNotices />
          <h2 className="text-title font-semibold tracking-tight">{t(here.label)}</h2>
          <Suspense fallback={<RowSkeleton rows={4} />}>
            <Screen />
          </Suspense>
        </div>
      </div>
    </div>
  )
}
