import type { Text } from '@foyer/client/text.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import type { TextKey } from '../../text.tsx'

/** What a contact is called who has given no name. */
export function contactName(head: Pick<Head, 'contact'>, t: Text<TextKey>): string {
  return head.contact.name ?? t('contact.unnamed')
}

/** The last message in one line, saying who wrote it if it was not the contact. */
export function previewText(head: Head, meId: string, t: Text<TextKey>): string {
  const { preview } = head
  if (!preview) return ''
  const text = preview.text.replace(/\s+/gu, ' ').trim()
  if (preview.author !== 'operator') return text
  return head.assigneeId === meId ? t('row.you', { text }) : t('row.operator', { text })
}
