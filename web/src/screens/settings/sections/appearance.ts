import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const appearance: Section = {
  path: 'appearance',
  label: 'settings.appearance',
  group: 'mine',
  words: 'settings.appearanceWords',
  Screen: soon(async () => (await import('../appearance.tsx')).Appearance),
}
