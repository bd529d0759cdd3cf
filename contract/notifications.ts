import { z } from 'zod'
import { route } from './route.ts'
import { count, cursor, id, moment, nothing } from './scalars.ts'

/** Something that concerns the operator who is logged in. */
export const notification = z.strictObject({
  id,
  /**
   * mentioned: a colleague named me in a note · assigned: a colleague gave me the conversation · given_to_group: a
   * colleague gave it to a group I am in, where it waits · taken: a colleague took over mine, or took it up again after its
   * end · erasure_asked: the contact asked to have a message deleted in mine.
   */
  kind: z.enum(['mentioned', 'assigned', 'given_to_group', 'taken', 'erasure_asked']),
  at: moment,
  read: z.boolean(),
  /** The colleague whose doing it was; null where it was the contact's. */
  operatorId: id.nullable(),
  conversationId: id,
  contactId: id,
  /** Their name, or what stands before the @ of their address. */
  contactName: z.string().nullable(),
  /** The group it was given to; null for other kinds. */
  groupName: z.string().nullable(),
  /** What the conversation is about: its subject, or the beginning of what was said last. */
  about: z.string(),
  /** Whether it stands in my inbox: it runs, and is mine or nobody's. */
  inInbox: z.boolean(),
  /** The beginning of the note; empty for other kinds. */
  text: z.string(),
})
export type Notification = z.infer<typeof notification>

export const listNotifications = route({
  method: 'GET',
  path: '/api/v1/notifications',
  caller: 'operator',
  summary: 'List what concerns me, newest first, and how much of it I have not read',
  params: nothing,
  query: z.strictObject({
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  body: nothing,
  answer: z.strictObject({
    items: z.array(notification),
    next: cursor.nullable(),
    /** Counted up to a thousand. */
    unread: count,
  }),
  errors: [],
})

export const readNotifications = route({
  method: 'POST',
  path: '/api/v1/notifications/read',
  caller: 'operator',
  summary: 'Mark as read what concerns me, of one conversation or all',
  params: nothing,
  query: nothing,
  body: z.strictObject({ conversationId: id.optional() }),
  answer: z.strictObject({ unread: count }),
  errors: [],
})
