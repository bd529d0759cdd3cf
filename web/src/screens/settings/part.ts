import { loadPatiently } from '@foyer/client/load.ts'
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { CircleUser, Settings } from 'lucide-react'
import type { Part } from '../../part.ts'
import { settingsPaths } from './paths.ts'

const first = settingsPaths.settings('profile')

/** Mine and everybody's settings, a section at an address. */
export const settings: Part = {
  path: '/settings',
  entry: first,
  label: 'nav.settings',
  icon: Settings,
  bottomLabel: 'nav.settings',
  routes(desk) {
    const here = createRoute({
      getParentRoute: () => desk,
      path: '/settings',
      async beforeLoad({ location }) {
        const { sections } = await loadPatiently(() => import('./sections.ts'))
        if (!sections.some(({ path }) => location.pathname === settingsPaths.settings(path)))
          throw redirect({ href: first, replace: true })
      },
    })
    return here.addChildren([
      createRoute({
        getParentRoute: () => here,
        path: '/$section',
        component: lazyRouteComponent(() => import('./settings-screen.tsx'), 'SettingsScreen'),
      }),
    ])
  },
  commands: [
    {
      id: 'settings/appearance',
      label: 'settings.appearance',
      icon: CircleUser,
      run: (go) => go(settingsPaths.settings('appearance')),
    },
  ],
}
