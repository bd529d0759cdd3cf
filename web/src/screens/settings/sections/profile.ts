import { CircleUser } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const profile: Section = {
  path: 'profile',
  label: 'settings.profile',
  icon: CircleUser,
  text: 'settings.profileText',
  group: 'you',
  words: 'settings.profileWords',
  settings: [
    { label: 'settings.picture' },
    { label: 'settings.name', help: 'settings.nameHelp' },
    { label: 'settings.alias', help: 'settings.aliasHelp' },
    { label: 'settings.languages', help: 'settings.languagesHelp' },
    { label: 'settings.signature', help: 'settings.signatureHelp' },
    { label: 'settings.slots', help: 'settings.slotsHelp' },
    { label: 'address.title' },
  ],
  Screen: soon(async () => (await import('../profile.tsx')).Profile),
}
