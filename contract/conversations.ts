import { z } from 'zod'
import { packet } from './changes.ts'
import { entry, preview } from './entries.ts'
import { newFormattedMessage } from './new-message.ts'
import { formattedBytes, route } from './route.ts'
import { count, cursor, id, locale, moment, nothing } from './scalars.ts'

/** NEW nobody answered yet · OPEN needs an operator's answer · PENDING waits for the contact · ENDED. */
export const conversationState = z.enum(['new', 'open', 'pending', 'ended'])
export type ConversationState = z.infer<typeof conversationState>

/** All that a list row and the top of a conversation show, as operators see it. */
export const head = z.strictObject({
  id,
  /** The number of the last change; the newest head of a conversation is the one with the greatest. */
  n: count,
  state: conversationState,
  assigneeId: id.nullable(),
  /** The group it was given to; where nobody is assigned, its members see it among theirs. */
  groupId: id.nullable(),
  /** Contact and operator are there at once, and one of the operator's slots is taken. */
  live: z.boolean(),
  contact: z.strictObject({
    id,
    name: z.string().nullable(),
    email: z.string().nullable(),
    locale: locale.nullable(),
    /** Until when they are kept from writing, in the year 9999 for good; a moment that has passed holds no more. */
    blockedUntil: moment.nullable(),
  }),
  widgetId: id,
  channel: z.string(),
  subject: z.string().nullable(),
  createdAt: moment,
  lastAt: moment,
  /** When the last message was, where the last change may be an event; of a beginning without one, that. */
  messageAt: moment,
  /** Since when an operator's answer is owed; null when it is not our turn. */
  waitingSince: moment.nullable(),
  /** Lists are ordered by rank, then position, then id, all ascending: what needs attention most is first. */
  rank: z.int(),
  position: z.number(),
  preview: preview.nullable(),
  /** Messages of the contact that the assigned operator has not read. */
  unread: count,
  /** Watermarks in the contact's numbering (compare with `publicSeq`). */
  deliveredToContact: count,
  readByContact: count,
  readByOperator: count,
  endedAt: moment.nullable(),
  /** Until when whoever has it has put it off; null when it is not put off. */
  snoozedUntil: moment.nullable(),
  /** Which colleague gave it to the assigned operator, and the beginning of their last note; until that operator has looked or written. */
  handed: z.strictObject({ by: id, note: z.string().nullable() }).nullable(),
})
export type Head = z.infer<typeof head>

/**
 * `mine`: what I have and have not put off · `snoozed`: what I have put off, what comes back first being first · `unassigned`: what
 * nobody has, whichever group it was given to · `group`: of that what was given to one group.
 */
export const listNames = ['mine', 'snoozed', 'unassigned', 'group', 'all'] as const
export const listName = z.enum(listNames)
export type ListName = z.infer<typeof listName>

/** Counts stop at 1,000: the interface then says "999+". */
export const inboxCounts = z.strictObject({
  mine: count,
  /** What I have put off; no other count has it. */
  mineSnoozed: count,
  mineUnread: count,
  mineLive: count,
  unassigned: count,
  /** Of the group asked for; 0 where none was. */
  group: count,
  /** Of mine: what waits for me, because it is new or open or has something unread. */
  mineWaiting: count,
  /** Of the unassigned: what is for me to take, because no group has it or one of mine. */
  forMe: count,
  /** Since when the one has waited that has waited longest: of the unassigned, and of the group asked for. */
  unassignedSince: moment.nullable(),
  groupSince: moment.nullable(),
})
export type InboxCounts = z.infer<typeof inboxCounts>

/** Where the words of a search stand: the newest entry that holds them all, and the passage, to be shown as text. */
export const match = z.strictObject({
  conversationId: id,
  entryId: id,
  seq: count,
  pieces: z.array(z.strictObject({ text: z.string(), marked: z.boolean() })),
})
export type Match = z.infer<typeof match>

/** What a search says beside the conversations; one that was found by its contact's name has no match. */
export const searched = z.strictObject({
  matches: z.array(match),
  /** Whether all that was ever said has been looked through; false while older conversations are still taken in. */
  complete: z.boolean(),
})
export type Searched = z.infer<typeof searched>

const conversationParams = z.strictObject({ conversationId: id })

export const listConversations = route({
  method: 'GET',
  path: '/api/v1/conversations',
  caller: 'operator',
  summary:
    'List conversations: mine, those I have snoozed, unassigned, a group’s unassigned, or all (newest first, with an optional search for words, beginnings of words and "phrases")',
  params: nothing,
  query: z.strictObject({
    list: listName,
    /** Which group, for the list of one. */
    group: id.optional(),
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    search: z.string().trim().min(1).max(200).optional(),
    state: conversationState.optional(),
  }),
  body: nothing,
  answer: z.strictObject({
    items: z.array(head),
    next: cursor.nullable(),
    counts: inboxCounts,
    /** Only of a search. */
    searched: searched.optional(),
  }),
  errors: [],
})

export const listContactConversations = route({
  method: 'GET',
  path: '/api/v1/contacts/:contactId/conversations',
  caller: 'operator',
  summary: 'List the conversations of a contact, newest first',
  params: z.strictObject({ contactId: id }),
  query: z.strictObject({
    cursor: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(10),
  }),
  body: nothing,
  answer: z.strictObject({ items: z.array(head), next: cursor.nullable() }),
  errors: ['contact.unknown'],
})

export const readConversation = route({
  method: 'GET',
  path: '/api/v1/conversations/:conversationId',
  caller: 'operator',
  summary: 'Read a conversation: its newest page, or everything that changed after a number',
  params: conversationParams,
  query: z.strictObject({ after: z.coerce.number().int().min(0).optional(), epoch: id.optional() }),
  body: nothing,
  answer: packet(entry, head),
  errors: ['conversation.unknown'],
})

export const listEntries = route({
  method: 'GET',
  path: '/api/v1/conversations/:conversationId/entries',
  caller: 'operator',
  summary: 'Read the page of entries before a number, oldest first',
  params: conversationParams,
  query: z.strictObject({
    before: z.coerce.number().int().min(1),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  body: nothing,
  answer: z.strictObject({ entries: z.array(entry), older: z.boolean() }),
  errors: ['conversation.unknown'],
})

/** What every write on a conversation answers: the packet the others get too, and whether it is a repetition. */
export const written = z.strictObject({ packet: packet(entry, head), replayed: z.boolean() })
export type Written = z.infer<typeof written>

export const sendMessage = route({
  method: 'POST',
  path: '/api/v1/conversations/:conversationId/messages',
  caller: 'operator',
  summary: 'Send a message to the contact; only the assigned operator can',
  params: conversationParams,
  query: nothing,
  body: newFormattedMessage.safeExtend({
    /** Of which of the sender's macros it is made: they count as used, once a message. */
    macroIds: z.array(id).max(10).optional(),
  }),
  bodyBytes: formattedBytes,
  answer: written,
  errors: [
    'conversation.unknown',
    'contact.blocked',
    'conversation.not_yours',
    'conversation.ended',
    'file.not_ready',
    'create.id_reused',
  ],
})

export const assignConversation = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/assignee',
  caller: 'operator',
  summary:
    'Assign the conversation to an operator or to nobody, if it is still assigned as the caller saw it',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ id, operatorId: id.nullable(), from: id.nullable() }),
  answer: written,
  errors: [
    'role.missing',
    'conversation.unknown',
    'conversation.assigned_meanwhile',
    'conversation.ended',
    'operator.unknown',
    'create.id_reused',
  ],
})

export const setState = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/state',
  caller: 'operator',
  summary: 'Set the state by hand: open or pending',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ id, state: z.enum(['open', 'pending']) }),
  answer: written,
  errors: ['conversation.unknown', 'conversation.not_yours', 'conversation.ended', 'create.id_reused'],
})

export const endConversation = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/closure',
  caller: 'operator',
  summary:
    'End the conversation; where it is said how far it was seen, only if the contact has not written since',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({
    id,
    /** The number of the last change that the caller saw. Left out: it ends whatever was written meanwhile. */
    seen: count.optional(),
  }),
  answer: written,
  errors: [
    'conversation.unknown',
    'conversation.not_yours',
    'conversation.changed_meanwhile',
    'conversation.ended',
    'create.id_reused',
  ],
})

export const resumeConversation = route({
  method: 'POST',
  path: '/api/v1/conversations/:conversationId/resumption',
  caller: 'operator',
  summary: 'Take up an ended conversation again; it is then assigned to the caller',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ id }),
  answer: written,
  errors: ['conversation.unknown', 'conversation.not_ended', 'create.id_reused'],
})

export const assignGroup = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/group',
  caller: 'operator',
  summary:
    'Give the conversation to a group: to one of it who is online, else among its unassigned ones; null takes it from its group',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ id, groupId: id.nullable() }),
  answer: written,
  errors: [
    'role.missing',
    'conversation.unknown',
    'conversation.assigned_meanwhile',
    'conversation.ended',
    'group.unknown',
    'create.id_reused',
  ],
})

export const endLive = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/live-end',
  caller: 'operator',
  summary: 'Let a live conversation of mine go on without being live; its slot becomes free',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ id }),
  answer: written,
  errors: ['conversation.unknown', 'conversation.not_live', 'conversation.not_yours', 'create.id_reused'],
})

export const snoozeConversation = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/snooze',
  caller: 'operator',
  summary:
    'Put the conversation off until a moment, or until the contact writes before that; null brings it back at once. A moment that has passed does, too',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({
    id,
    until: moment.nullable(),
    /** The number of the last change that the caller saw; as of the end. */
    seen: count.optional(),
  }),
  answer: written,
  errors: [
    'conversation.unknown',
    'conversation.live',
    'conversation.not_snoozed',
    'conversation.changed_meanwhile',
    'conversation.not_yours',
    'conversation.ended',
    'create.id_reused',
  ],
})

export const markRead = route({
  method: 'PUT',
  path: '/api/v1/conversations/:conversationId/reading',
  caller: 'operator',
  summary: 'Say how far the assigned operator has read (a number of the contact’s log)',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ read: count }),
  answer: nothing,
  errors: ['conversation.unknown'],
})
