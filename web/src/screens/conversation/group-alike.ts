import type { Head } from '@foyer/contract/conversations.ts'
import type { Block, Message } from './timeline.ts'

type Group = Extract<Block, { kind: 'messages' }>
type GroupProps = { block: Group; head: Head; isLast: boolean }

/**
 * Whether a group of messages would be drawn the same again. A conversation's head moves with all that happens in it; its log may
 * be thousands of lines long.
 */
export function isGroupAlike(before: GroupProps, now: GroupProps): boolean {
  return (
    before.isLast === now.isLast &&
    before.block.authorId === now.block.authorId &&
    before.block.side === now.block.side &&
    before.block.automatic === now.block.automatic &&
    before.block.messages.length === now.block.messages.length &&
    before.block.messages.every((message, index) => isMessageAlike(message, now.block.messages[index])) &&
    restOf(before.head) === restOf(now.head)
  )
}

/** Text, time and formatting are those of the entry, or of what waits to be sent. */
function isMessageAlike(before: Message, now: Message | undefined): boolean {
  return (
    before.id === now?.id &&
    before.entry === now.entry &&
    before.item === now.item &&
    before.progress === now.progress &&
    before.proven === now.proven
  )
}

/** What of a head moves with each message and each reading, and is in the messages where it matters to them. */
const moving: ReadonlySet<string> = new Set<keyof Head>([
  'n',
  'lastAt',
  'messageAt',
  'waitingSince',
  'rank',
  'position',
  'preview',
  'unread',
  'deliveredToContact',
  'readByContact',
  'readByOperator',
])
const rests = new WeakMap<Head, string>()

function restOf(head: Head): string {
  let rest = rests.get(head)
  if (rest === undefined) {
    rest = JSON.stringify(head, (key, value) => (moving.has(key) ? undefined : value))
    rests.set(head, rest)
  }
  return rest
}
