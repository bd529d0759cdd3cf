import type { Right } from '@foyer/contract/roles.ts'
import { useParams } from '@tanstack/react-router'
import { useLayoutEffect, useRef } from 'react'
import { Go } from '../../link.tsx'
import { paths, type SettingsSection } from '../../paths.ts'
import { useMe } from '../../session.ts'
import { type TextKey, useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { Appearance } from './appearance.tsx'
import { InstallationNotices } from './installation-notices.tsx'
import { Mails } from './mails.tsx'
import { Messenger } from './messenger.tsx'
import { Password } from './password.tsx'
import { Profile } from './profile.tsx'
import { Roles } from './roles.tsx'
import { SampleData } from './sample-data.tsx'
import { Sessions } from './sessions.tsx'
import { SignsSettings } from './signs-settings.tsx'
import { Team } from './team.tsx'

const sections: readonly { id: SettingsSection; title: TextKey; Screen: () => React.ReactNode }[] = [
  { id: 'profile', title: 'settings.profile', Screen: Profile },
  { id: 'password', title: 'settings.password', Screen: Password },
  { id: 'appearance', title: 'settings.appearance', Screen: Appearance },
  { id: 'notifications', title: 'settings.signs', Screen: SignsSettings },
  { id: 'sessions', title: 'settings.sessions', Screen: Sessions },
  { id: 'team', title: 'settings.team', Screen: Team },
  { id: 'roles', title: 'settings.roles', Screen: Roles },
  { id: 'messenger', title: 'settings.messenger', Screen: Messenger },
  { id: 'mail', title: 'settings.mail', Screen: Mails },
  { id: 'sample-data', title: 'settings.sample', Screen: SampleData },
]

/** Sections that are not everybody's. */
const needs: Partial<Record<SettingsSection, Right>> = {
  team: 'team.read',
  roles: 'team.read',
  mail: 'mail.read',
  'sample-data': 'samples.manage',
}

/** Sections that need more room than a column of text. */
const isBroad: ReadonlySet<SettingsSection> = new Set(['roles', 'messenger'])

/** Settings, one section at an address. */
export function SettingsScreen() {
  const t = useText()
  const me = useMe()
  const { section } = useParams({ strict: false }) as { section?: string }
  const offered = sections.filter(({ id }) => {
    const needed = needs[id]
    return !needed || me.rights.includes(needed)
  })
  const here = offered.find(({ id }) => id === section) ?? offered[0]
  const tabs = useRef<HTMLElement>(null)
  const current = here?.id
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
          {offered.map(({ id, title }) => (
            <Go
              key={id}
              to={paths.settings(id)}
              aria-current={id === here.id ? 'page' : undefined}
              className={classes(
                'flex min-h-8 shrink-0 items-center rounded-md px-2.5 py-1 text-dense transition-colors',
                id === here.id ? 'bg-press font-medium text-ink' : 'text-soft hover:bg-hover hover:text-ink',
              )}
            >
              {t(title)}
            </Go>
          ))}
        </nav>
      </div>
      <div className="min-h-0 min-w-0 grow overflow-y-auto px-5 py-6 wide:px-10 wide:py-10">
        <div
          className={classes('mx-auto flex flex-col gap-6', isBroad.has(here.id) ? 'max-w-240' : 'max-w-140')}
        >
          <InstallationNotices />
          <h2 className="text-title font-semibold tracking-tight">{t(here.title)}</h2>
          <Screen />
        </div>
      </div>
    </div>
  )
}
