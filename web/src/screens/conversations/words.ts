import type { Text } from '@foyer/client/text.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import { sayVoice } from '@foyer/contract/voice.ts'
import type { TextKey } from '../../text.tsx'

type Named = Pick<Head['contact'], 'id' | 'name' | 'email'>

/** What tells contacts apart who have given neither a name nor an address is one of so many words, and a number of two digits. */
const numbers = 90

/**
 * What a contact is called: their name; until there is one, what stands before the @ of their address; and without that
 * something short that stays the same, so that nobody takes one for another.
 */
export function contactName({ contact }: { contact: Named }, t: Text<TextKey>): string {
  const known = knownName(contact)
  if (known) return known
  const marks = t('contact.marks').split(', ')
  // Ids are random: any part of one tells as much as another.
  const sum = Number.parseInt(contact.id.replaceAll('-', '').slice(-8), 16) || 0
  const mark = `${marks[sum % marks.length]} ${10 + (Math.floor(sum / marks.length) % numbers)}`
  return t('contact.marked', { mark })
}

/** Their name, or what of their address serves as one. */
export function knownName({ name, email }: Pick<Named, 'name' | 'email'>): string | null {
  return name ?? (email?.split('@')[0] || null)
}

/** The same where it is plain who is meant. */
export function shortContactName({ contact }: { contact: Named }, t: Text<TextKey>): string {
  return knownName(contact) ?? t('contact.unnamed')
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
  const text = oneLine(lastText(head, t))
  if (preview.author !== 'operator') return text
  return head.assigneeId === meId ? t('row.you', { text }) : t('row.operator', { text })
}

/** What was said last; of what only a newer version knows, and has no text, that it is there. */
export function lastText({ preview }: Pick<Head, 'preview'>, t: Text<TextKey>): string {
  if (!preview?.hasFiles) return preview ? preview.text || t('event.unknown') : ''
  return sayVoice(preview.text, (clock) => t('voice.message', { clock }))
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

/** Whether a row is bold: what is mine and unread. What nobody has is told by its sign. */
export function isUnread(head: Head, meId: string): boolean {
  return head.unread > 0 && head.assigneeId === meId && head.state !== 'ended'
}
