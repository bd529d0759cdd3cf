import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const sessions: Section = {
  path: 'sessions',
  label: 'settings.sessions',
  group: 'mine',
  words: 'settings.sessionsWords',
  Screen: soon(async () => (await import('../sessions.tsx')).Sessions),
}
