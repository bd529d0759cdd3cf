import type { PublicHead } from '@foyer/contract/messenger.ts'
import type { Translate } from './messages.ts'

/** What was said last; of what only a newer version knows, and has no text, that it is there. */
export function lastText({ preview }: Pick<PublicHead, 'preview'>, t: Translate): string {
  return preview ? preview.text || t('event.unknown') : ''
}
