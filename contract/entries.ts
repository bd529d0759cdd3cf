import { z } from 'zod'
import { picturePath } from './operators.ts'
import { count, id, moment } from './scalars.ts'

/** Who caused a change. */
export const actorKind = z.enum(['operator', 'contact', 'bot', 'rule', 'api', 'system', 'automatic'])
export type ActorKind = z.infer<typeof actorKind>
export const actor = z.strictObject({ kind: actorKind, id: id.nullable() })
export type Actor = z.infer<typeof actor>

/**
 * What happened, as code and data; the text is made where it is shown. A kind that a client does not know is shown as a
 * neutral line, so the union stays open on the wire.
 */
export const eventBody = z.looseObject({
  v: z.literal(1),
  /**
   * assigned (operatorId) · unassigned (operatorId) · group_assigned, group_unassigned (groupId) · opened · set_pending ·
   * ended · resumed · live_began (operatorId) · live_ended · note · note_deleted (both of the kind `note`) · address_left,
   * address_proven, address_refused (address) · blocked (until), unblocked · written (of the kind `message`)
   */
  event: z.string(),
  operatorId: id.nullable().optional(),
  /** The operator's name as contacts see it; only in what a contact receives. */
  operatorName: z.string().optional(),
  /** Of assigned and resumed: whose it was; not told to contacts. */
  fromId: id.optional(),
  groupId: id.nullable().optional(),
  groupName: z.string().optional(),
  /** Of a note: the colleagues it names, by the names that stand in its text behind an @. */
  mentions: z.array(z.strictObject({ operatorId: id, name: z.string() })).optional(),
  /** Of a contact's message: it comes from a browser that has proven to read what is sent to their address. */
  proven: z.boolean().optional(),
  /** Until when; null: for good. */
  until: moment.nullable().optional(),
  /** The e-mail address that it is about. */
  address: z.string().optional(),
  /** Of a note: whether its author changed it after writing it. */
  edited: z.boolean().optional(),
  /**
   * How an assignment came about: assigned: handed (by a colleague), joined (they have come to it), routed. Else why, where it was
   * nobody's decision: unassigned: left · ended: silence · live_ended: silence, operator_gone, contact_gone, by_hand · blocked:
   * what the operator wrote
   */
  reason: z.string().optional(),
})
export type EventBody = z.infer<typeof eventBody>

/** One line of a conversation's log as operators see it. */
export const entry = z.strictObject({
  id,
  /** The number of the change that made it; the order of the log. */
  seq: count,
  /** The number of the last change that touched it. */
  changedSeq: count,
  /** Its number in the contact's log; null when the contact never sees it. */
  publicSeq: count.nullable(),
  at: moment,
  actor,
  kind: z.string(),
  /** Whether contact and operator were there at once when it came about; null where nobody noted it. */
  session: z.enum(['live', 'later']).nullable(),
  text: z.string(),
  body: eventBody.nullable(),
})
export type Entry = z.infer<typeof entry>

/** The same line as the contact sees it, numbered in the contact's own gapless count. */
export const publicEntry = z.strictObject({
  id,
  seq: count,
  changedSeq: count,
  at: moment,
  author: z.strictObject({
    kind: z.enum(['contact', 'operator', 'system']),
    id: id.nullable(),
    name: z.string().nullable(),
    /** Only of who wrote a message. */
    picture: picturePath,
  }),
  kind: z.string(),
  text: z.string(),
  body: eventBody.nullable(),
})
export type PublicEntry = z.infer<typeof publicEntry>
