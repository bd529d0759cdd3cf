import { Users } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const team: Section = {
  path: 'team',
  label: 'settings.team',
  icon: Users,
  text: 'team.text',
  group: 'team',
  words: 'settings.teamWords',
  settings: [
    { label: 'team.invitations', help: 'team.invitationsText' },
    { label: 'team.colleagues' },
    { label: 'team.groups', help: 'team.groupsText' },
    { label: 'team.skills', help: 'team.skillsText' },
  ],
  needs: 'team.read',
  Screen: soon(async () => (await import('../team.tsx')).Team),
}
