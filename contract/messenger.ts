import { z } from 'zod'
import { packet } from './changes.ts'
import { preview, publicEntry } from './entries.ts'
import { media } from './files.ts'
import { ofMessage, reaction } from './marks.ts'
import { newMessage } from './new-message.ts'
import { picturePath } from './operators.ts'
import { route, writtenBytes } from './route.ts'
import { count, id, locale, moment, nothing } from './scalars.ts'
import { privacyTerms, shownTexts } from './widgets.ts'

/** What the messenger shows before anyone has written. */
export const messengerConfig = z.strictObject({
  name: z.string(),
  locale,
  color: z.string(),
  /** Whether an operator is there right now. */
  available: z.boolean(),
  /** Whether one of those who are there has room for a conversation. */
  free: z.boolean(),
  /** How many seconds contacts usually wait for an answer; null: too few have been answered lately. */
  replySeconds: count.nullable(),
  /** Some of those who answer, by the names contacts see. */
  team: z.array(z.strictObject({ name: z.string(), picture: picturePath })),
  /** The business hours as they are now: whether they hold, and when that changes next; null: they always hold. */
  service: z.strictObject({ open: z.boolean(), changesAt: moment.nullable() }).nullable(),
  texts: shownTexts,
  /** What is to be agreed to before anything is written. */
  privacy: privacyTerms.nullable(),
  /** The groups that a conversation may begin with, where the contact picks one. */
  groups: z.array(z.strictObject({ id, name: z.string() })),
  /** Whether answers that are not read are mailed to contacts who leave their address. */
  mails: z.boolean(),
  /** Which files contacts may send; null: none. */
  files: media.shape.kinds.nullable(),
})
export type MessengerConfig = z.infer<typeof messengerConfig>

/** A conversation's head as its contact sees it. */
export const publicHead = z.strictObject({
  id,
  /** The number of the last change the contact may see. */
  n: count,
  ended: z.boolean(),
  /** An operator is there and answers now; otherwise the answer comes later. */
  live: z.boolean(),
  operator: z.strictObject({ id, name: z.string(), picture: picturePath }).nullable(),
  createdAt: moment,
  lastAt: moment,
  /** When the last message was, where the last change may be an event. */
  messageAt: moment,
  preview: preview.nullable(),
  /** Messages of operators the contact has not read. */
  unread: count,
  deliveredToContact: count,
  readByContact: count,
  readByOperator: count,
})
export type PublicHead = z.infer<typeof publicHead>

/** What a contact's write answers: the packet, and whether it is a repetition. */
export const myWritten = z.strictObject({ packet: packet(publicEntry, publicHead), replayed: z.boolean() })
export type MyWritten = z.infer<typeof myWritten>

/** How a contact proves who they are: `Authorization: Contact <token>`, a secret of 256 bits the frame made itself. */
export const contactToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Names a block, signed by the server, for the browser whose contact it is. */
export const blockMark = z.string().regex(/^[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/)

const widgetParams = z.strictObject({ widgetKey: z.string().min(1).max(64) })
const conversationParams = z.strictObject({ conversationId: id })

export const readMessengerConfig = route({
  method: 'GET',
  path: '/api/v1/messenger/widgets/:widgetKey',
  caller: 'anyone',
  summary: 'Read what the messenger needs to show itself',
  params: widgetParams,
  query: nothing,
  body: nothing,
  answer: messengerConfig,
  errors: ['widget.unknown'],
})

export const readUnread = route({
  method: 'GET',
  path: '/api/v1/messenger/unread/:badge',
  caller: 'anyone',
  summary: 'Ask how many messages wait for the contact behind a badge token, and nothing else',
  params: z.strictObject({ badge: contactToken }),
  query: nothing,
  body: nothing,
  answer: z.strictObject({ unread: count }),
  errors: [],
})

export const listMyConversations = route({
  method: 'GET',
  path: '/api/v1/messenger/conversations',
  caller: 'contact',
  summary: 'List my conversations, newest first',
  params: nothing,
  query: z.strictObject({ cursor: z.string().max(200).optional() }),
  body: nothing,
  answer: z.strictObject({
    items: z.array(publicHead),
    next: z.string().nullable(),
    badge: z.string().nullable(),
    /** The address I have left; answers I do not read are mailed there. */
    email: z.string().nullable(),
    /**
     * Where my conversation goes on: by the link in a mail to this address, partly masked. Its reader has proven it in another
     * browser.
     */
    parted: z.string().nullable(),
    /** I am kept from writing: until when, null for good. The mark is to be kept, and shown when a conversation is begun. */
    blocked: z.strictObject({ until: moment.nullable(), mark: blockMark.nullable() }).nullable(),
  }),
  errors: [],
})

export const startConversation = route({
  method: 'POST',
  path: '/api/v1/messenger/conversations',
  caller: 'contact',
  summary: 'Start a conversation with its first message; an unknown token becomes a new contact',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    id,
    widgetKey: z.string().min(1).max(64),
    locale: locale.optional(),
    /** The group that the contact picked among those the widget offers. */
    groupId: id.optional(),
    /** What this browser was given when a contact of it was blocked. */
    mark: blockMark.optional(),
    /** That the contact has agreed to what the widget asks for. */
    agreed: z.boolean().optional(),
    message: newMessage,
  }),
  bodyBytes: writtenBytes,
  answer: myWritten,
  errors: [
    'widget.unknown',
    'widget.site',
    'group.unknown',
    'privacy.required',
    'contact.blocked',
    'file.not_ready',
    'create.id_reused',
  ],
})

export const readMyConversation = route({
  method: 'GET',
  path: '/api/v1/messenger/conversations/:conversationId',
  caller: 'contact',
  summary: 'Read my conversation: its newest page, or everything that changed after a number',
  params: conversationParams,
  query: z.strictObject({ after: z.coerce.number().int().min(0).optional(), epoch: id.optional() }),
  body: nothing,
  answer: packet(publicEntry, publicHead),
  errors: ['conversation.unknown'],
})

export const listMyEntries = route({
  method: 'GET',
  path: '/api/v1/messenger/conversations/:conversationId/entries',
  caller: 'contact',
  summary: 'Read the page of entries before a number, oldest first',
  params: conversationParams,
  query: z.strictObject({
    before: z.coerce.number().int().min(1),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  body: nothing,
  answer: z.strictObject({ entries: z.array(publicEntry), older: z.boolean() }),
  errors: ['conversation.unknown'],
})

export const writeMessage = route({
  method: 'POST',
  path: '/api/v1/messenger/conversations/:conversationId/messages',
  caller: 'contact',
  summary: 'Write a message; an ended conversation becomes active again',
  params: conversationParams,
  query: nothing,
  body: newMessage,
  bodyBytes: writtenBytes,
  answer: myWritten,
  errors: ['conversation.unknown', 'contact.blocked', 'file.not_ready', 'create.id_reused'],
})

export const markMyReading = route({
  method: 'PUT',
  path: '/api/v1/messenger/conversations/:conversationId/reading',
  caller: 'contact',
  summary: 'Say how far messages have arrived and been read',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ delivered: count.optional(), read: count.optional() }),
  answer: nothing,
  errors: ['conversation.unknown'],
})

export const askForErasure = route({
  method: 'PUT',
  path: '/api/v1/messenger/conversations/:conversationId/erasures',
  caller: 'contact',
  summary: 'Ask for a message of mine to be deleted',
  params: conversationParams,
  query: nothing,
  body: ofMessage,
  answer: myWritten,
  errors: ['conversation.unknown', 'message.unknown'],
})

export const reactAsContact = route({
  method: 'PUT',
  path: '/api/v1/messenger/conversations/:conversationId/reactions',
  caller: 'contact',
  summary: 'React to a message with an emoji, or take that back',
  params: conversationParams,
  query: nothing,
  body: reaction,
  answer: myWritten,
  errors: [
    'conversation.unknown',
    'message.unknown',
    'message.no_reactions',
    'message.reactions_full',
    'contact.blocked',
  ],
})
