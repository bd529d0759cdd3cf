import { Zap } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const macros: Section = {
  path: 'macros',
  label: 'settings.macros',
  icon: Zap,
  text: 'macros.text',
  group: 'team',
  words: 'settings.macrosWords',
  settings: [{ label: 'macros.all' }, { label: 'macros.files', help: 'macros.filesText' }],
  Screen: soon(async () => (await import('../macros.tsx')).Macros),
  isBroad: true,
}
