import { BellRing } from 'lucide-react'
import { soon } from '../../../soon.ts'
import type { Section } from '../section.ts'

export const signs: Section = {
  path: 'notifications',
  label: 'settings.signs',
  icon: BellRing,
  text: 'settings.signsText',
  group: 'you',
  words: 'settings.signsWords',
  settings: [
    { label: 'signs.silence', help: 'signs.silenceHelp' },
    { label: 'signs.sounds' },
    { label: 'signs.soundsOn' },
    { label: 'signs.sound' },
    { label: 'signs.volume', help: 'signs.volumeHelp' },
    { label: 'signs.inView', help: 'signs.inViewHelp' },
    { label: 'signs.shown' },
    { label: 'signs.preview', help: 'signs.previewHelp' },
    { label: 'signs.groupListed', help: 'signs.groupListedHelp' },
    { label: 'signs.alarmTitle', help: 'signs.alarmHelp' },
    { label: 'signs.alarmOn' },
    { label: 'signs.alarmAfter' },
    { label: 'signs.alarmRepeat' },
    { label: 'signs.alarmSound' },
  ],
  Screen: soon(async () => (await import('../signs-settings.tsx')).SignsSettings),
}
