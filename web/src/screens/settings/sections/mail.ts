import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const mail: Section = {
  path: 'mail',
  label: 'settings.mail',
  group: 'everybody',
  words: 'settings.mailWords',
  needs: 'mail.read',
  Screen: soon(async () => (await import('../mails.tsx')).Mails),
}
