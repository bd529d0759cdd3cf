import type { PublicHead } from '@foyer/contract/messenger.ts'
import { sayVoice } from '@foyer/contract/voice.ts'
import type { Translate } from './messages.ts'

/** What was said last; of what only a newer version knows, and has no text, that it is there. */
export function lastText({ preview }: Pick<PublicHead, 'preview'>, t: Translate): string {
  if (!preview?.hasFiles) return preview ? preview.text || t('event.unknown') : ''
  return sayVoice(preview.text, (clock) => t('voice.message', { clock }))
}
