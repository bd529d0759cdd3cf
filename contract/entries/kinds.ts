import type { z } from 'zod'
import { addressLeft } from './address-left.ts'
import { addressProven } from './address-proven.ts'
import { addressRefused } from './address-refused.ts'
import { assigned } from './assigned.ts'
import { blocked } from './blocked.ts'
import { ended } from './ended.ts'
import { fileRefused } from './file-refused.ts'
import { groupAssigned } from './group-assigned.ts'
import { groupUnassigned } from './group-unassigned.ts'
import type { AnyBody, Concern, Readable, Reader, Sentence } from './kind.ts'
import { liveBegan } from './live-began.ts'
import { liveEnded } from './live-ended.ts'
import { message } from './message.ts'
import { messageErased } from './message-erased.ts'
import { note } from './note.ts'
import { noteDeleted } from './note-deleted.ts'
import { opened } from './opened.ts'
import { resumed } from './resumed.ts'
import { setPending } from './set-pending.ts'
import { snoozeEnded } from './snooze-ended.ts'
import { snoozed } from './snoozed.ts'
import { unassigned } from './unassigned.ts'
import { unblocked } from './unblocked.ts'

const known = [
  message,
  messageErased,
  note,
  noteDeleted,
  assigned,
  unassigned,
  groupAssigned,
  groupUnassigned,
  opened,
  setPending,
  ended,
  resumed,
  liveBegan,
  liveEnded,
  blocked,
  unblocked,
  addressLeft,
  addressProven,
  addressRefused,
  snoozed,
  snoozeEnded,
  fileRefused,
] as const
type Known = (typeof known)[number]

/** The names of kinds. */
export type KindName = Known['event']
/** A body that this version can write. */
export type KnownBody = ReturnType<Known['body']>
/** The texts that kinds are told in; the catalogue of the Message Center has them all. */
export type TextKey = Exclude<ReturnType<Known['text']>, string>[0] | 'event.unknown'

/** A kind, whichever it is. */
export type SomeKind = Pick<Known, 'of' | 'event' | 'v' | 'audience'> & {
  fields: z.ZodRawShape
  internal: z.ZodRawShape
  text(entry: Readable, reader: Reader): string | Sentence<TextKey>
  toContact?(body: AnyBody): AnyBody | null
  sign?: Known['sign']
  concerns?(body: AnyBody): Concern
  isAboutContact?: true
}

/** Every kind of entry that this version knows. Each is called with bodies of its own alone. */
export const kinds = known as readonly unknown[] as readonly SomeKind[]

const byName = new Map<string, SomeKind>(kinds.map((kind) => [kind.event, kind]))

/** What an entry is; null: what only a newer version knows. */
export function kindOf({ kind, body }: { kind: string; body: AnyBody | null }): SomeKind | null {
  // A message that nothing is to be said of beside its text has no body.
  const found = body ? byName.get(body.event) : byName.get(message.event)
  return found && found.of === kind && (!body || body.v === found.v) ? found : null
}
