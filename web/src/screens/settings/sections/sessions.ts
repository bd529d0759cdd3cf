import { MonitorSmartphone } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const sessions: Section = {
  path: 'sessions',
  label: 'settings.sessions',
  icon: MonitorSmartphone,
  text: 'sessions.text',
  group: 'you',
  words: 'settings.sessionsWords',
  settings: [],
  Screen: soon(async () => (await import('../sessions.tsx')).Sessions),
}
