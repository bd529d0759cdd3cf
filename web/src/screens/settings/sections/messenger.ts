import { MessageCircle } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const messenger: Section = {
  path: 'messenger',
  label: 'settings.messenger',
  icon: MessageCircle,
  text: 'messenger.text',
  group: 'channels',
  words: 'settings.messengerWords',
  settings: [
    { label: 'widget.basics' },
    { label: 'widget.name' },
    { label: 'widget.color', help: 'widget.colorHelp' },
    { label: 'widget.locale' },
    { label: 'widget.routing' },
    { label: 'widget.liveMinutes', help: 'widget.liveMinutesHelp' },
    { label: 'widget.mail' },
    { label: 'widget.mailMinutes', help: 'widget.mailMinutesHelp' },
    { label: 'widget.sites', help: 'widget.sitesHelp' },
    { label: 'hours.title', help: 'hours.text' },
    { label: 'hours.zone' },
    { label: 'widget.texts', help: 'widget.textsText' },
    { label: 'widget.textsIn' },
    { label: 'widget.welcome' },
    { label: 'widget.away', help: 'widget.awayHelp' },
    { label: 'widget.waiting', help: 'widget.waitingHelp' },
    { label: 'widget.silent', help: 'widget.silentHelp' },
    { label: 'widget.privacy', help: 'widget.privacyText' },
    { label: 'widget.privacyUrl' },
    { label: 'widget.privacyWords' },
  ],
  Screen: soon(async () => (await import('../messenger.tsx')).Messenger),
  isBroad: true,
}
