import { Palette } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const appearance: Section = {
  path: 'appearance',
  label: 'settings.appearance',
  icon: Palette,
  text: 'settings.appearanceText',
  group: 'you',
  words: 'settings.appearanceWords',
  settings: [
    { label: 'settings.language', help: 'settings.languageHelp' },
    { label: 'settings.theme', help: 'settings.themeHelp' },
    { label: 'settings.density', help: 'settings.densityHelp' },
    { label: 'settings.afterEnding', help: 'settings.afterEndingHelp' },
    { label: 'settings.undoSeconds', help: 'settings.undoSecondsHelp' },
    { label: 'settings.shortcuts', help: 'settings.shortcutsHelp' },
  ],
  Screen: soon(async () => (await import('../appearance.tsx')).Appearance),
}
