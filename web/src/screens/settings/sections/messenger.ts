import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const messenger: Section = {
  path: 'messenger',
  label: 'settings.messenger',
  group: 'everybody',
  words: 'settings.messengerWords',
  Screen: soon(async () => (await import('../messenger.tsx')).Messenger),
  isBroad: true,
}
