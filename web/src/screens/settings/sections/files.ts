import { Paperclip } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const files: Section = {
  path: 'files',
  label: 'settings.files',
  icon: Paperclip,
  text: 'fileSettings.text',
  group: 'workspace',
  words: 'settings.filesWords',
  settings: [
    { label: 'fileSettings.scanner' },
    { label: 'fileSettings.keeps', help: 'fileSettings.keepsHelp' },
    { label: 'fileSettings.stored' },
  ],
  needs: 'widgets.manage',
  Screen: soon(async () => (await import('../file-settings.tsx')).FileSettings),
}
