import type { KindName } from '@foyer/contract/entries/kinds.ts'
import type { PublicEntry } from '@foyer/contract/entries.ts'

/** How a kind of entry shows here, messages aside. Only the contract’s types are taken: its kinds bring the schemas. */
type Shown = {
  /** Whether it is a line, whose text is `event.` and its name; what is none is the operators’ own business. */
  line: boolean | ((body: NonNullable<PublicEntry['body']>) => boolean)
  /** Whose the conversation is after it. */
  gives?: 'somebody' | 'nobody'
  /** Whether the contact can write after it. */
  blocks?: boolean
}

const line: Shown = { line: true }
const silent: Shown = { line: false }

const kinds: Readonly<Record<Exclude<KindName, 'written'>, Shown>> = {
  // Who was given it has joined when they have come.
  assigned: { line: true, gives: 'somebody' },
  unassigned: { line: false, gives: 'nobody' },
  group_assigned: silent,
  group_unassigned: silent,
  opened: silent,
  set_pending: silent,
  ended: line,
  resumed: line,
  live_began: silent,
  // Only the operator’s going is news to the contact; that nobody wrote, or that they left themselves, they know.
  live_ended: { line: ({ reason }) => reason === 'operator_gone' },
  blocked: { line: true, blocks: true },
  unblocked: { line: true, blocks: false },
  address_left: silent,
  address_proven: silent,
  address_refused: silent,
  snoozed: silent,
  snooze_ended: silent,
  file_refused: silent,
  note: silent,
  note_deleted: silent,
  message_erased: line,
}

const unknown: Shown = { line: true }

/** How an entry shows that is no message, and the name of its text; of what only a newer version knows it is said that it is there. */
export function shownAs({
  body,
}: Pick<PublicEntry, 'body'>): { name: string; isLine: boolean } & Omit<Shown, 'line'> {
  const isKnown = body !== null && body.v === 1 && Object.hasOwn(kinds, body.event)
  const { line, ...rest } = isKnown ? kinds[body.event as keyof typeof kinds] : unknown
  return {
    name: isKnown ? body.event : 'unknown',
    isLine: typeof line === 'boolean' ? line : body !== null && line(body),
    ...rest,
  }
}
