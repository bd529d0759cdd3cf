import { KeyRound } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const password: Section = {
  path: 'password',
  label: 'settings.password',
  icon: KeyRound,
  text: 'password.text',
  group: 'you',
  words: 'settings.passwordWords',
  settings: [{ label: 'password.current' }, { label: 'password.new' }],
  Screen: soon(async () => (await import('../password.tsx')).Password),
}
