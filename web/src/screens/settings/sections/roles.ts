import { ShieldCheck } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const roles: Section = {
  path: 'roles',
  label: 'settings.roles',
  icon: ShieldCheck,
  text: 'roles.text',
  group: 'team',
  words: 'settings.rolesWords',
  settings: [{ label: 'roles.table' }],
  needs: 'team.read',
  Screen: soon(async () => (await import('../roles.tsx')).Roles),
  isBroad: true,
}
