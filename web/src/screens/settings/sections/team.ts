import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const team: Section = {
  path: 'team',
  label: 'settings.team',
  group: 'everybody',
  words: 'settings.teamWords',
  needs: 'team.read',
  Screen: soon(async () => (await import('../team.tsx')).Team),
}
