import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const roles: Section = {
  path: 'roles',
  label: 'settings.roles',
  group: 'everybody',
  words: 'settings.rolesWords',
  needs: 'team.read',
  Screen: soon(async () => (await import('../roles.tsx')).Roles),
  isBroad: true,
}
