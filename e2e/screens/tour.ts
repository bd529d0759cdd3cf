import type { Size } from './screen.ts'

type Theme = 'light' | 'dark'

/** The pictures of the documents: which screen each shows, and how; `docs/tour.md` says what there is to see. */
export const tour: readonly { file: string; screen: string; size: Size; theme: Theme }[] = [
  { file: 'inbox.png', screen: 'conversation-open', size: '1440', theme: 'light' },
  { file: 'inbox-dark.png', screen: 'conversation-open', size: '1440', theme: 'dark' },
  { file: 'tour/messenger.png', screen: 'messenger-start', size: '1440', theme: 'light' },
  { file: 'tour/messenger-conversation.png', screen: 'messenger-conversation', size: '1440', theme: 'light' },
  { file: 'tour/palette.png', screen: 'command-palette', size: '1440', theme: 'light' },
  { file: 'tour/operators.png', screen: 'operators-at-work', size: '1440', theme: 'light' },
  { file: 'tour/conversations.png', screen: 'conversations', size: '1440', theme: 'light' },
  { file: 'tour/settings.png', screen: 'settings-messenger', size: '1440', theme: 'light' },
  { file: 'tour/phone.png', screen: 'conversation-open', size: '390', theme: 'dark' },
]
