import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const profile: Section = {
  path: 'profile',
  label: 'settings.profile',
  group: 'mine',
  words: 'settings.profileWords',
  Screen: soon(async () => (await import('../profile.tsx')).Profile),
}
