import type { Text } from '@foyer/client/text.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import type { TextKey } from '../../text.tsx'

/** What a contact is called who has given no name. */
export function contactName(head: Pick<Head, 'contact'>, t: Text<TextKey>): string {
  return head.contact.name ?? t('contact.unnamed')
}

/**
 * The last message in one line, saying who wrote it if it was not the contact; of what a colleague has given me, and I have
 * not looked at, what they wrote about it.
 */
export function previewText(head: Head, meId: string, t: Text<TextKey>, giver = ''): string {
  if (head.handed?.note && head.assigneeId === meId)
    return t('row.note', { name: giver, text: oneLine(head.handed.note) })
  const { preview } = head
  if (!preview) return ''
  const text = oneLine(preview.text)
  if (preview.author !== 'operator') return text
  return head.assigneeId === meId ? t('row.you', { text }) : t('row.operator', { text })
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
