import { Mail } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const mail: Section = {
  path: 'mail',
  label: 'settings.mail',
  icon: Mail,
  text: 'mail.text',
  group: 'channels',
  words: 'settings.mailWords',
  settings: [{ label: 'mail.sending' }, { label: 'mail.list', help: 'mail.listText' }],
  needs: 'mail.read',
  Screen: soon(async () => (await import('../mails.tsx')).Mails),
}
