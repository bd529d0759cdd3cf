import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const signs: Section = {
  path: 'notifications',
  label: 'settings.signs',
  group: 'mine',
  words: 'settings.signsWords',
  Screen: soon(async () => (await import('../signs-settings.tsx')).SignsSettings),
}
