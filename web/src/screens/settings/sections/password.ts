import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const password: Section = {
  path: 'password',
  label: 'settings.password',
  group: 'mine',
  words: 'settings.passwordWords',
  Screen: soon(async () => (await import('../password.tsx')).Password),
}
