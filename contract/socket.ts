import { z } from 'zod'
import { listName } from './conversations.ts'
import { count, id } from './scalars.ts'

export const hello = z.strictObject({
  type: z.literal('hello'),
  protocol: z.int(),
  build: z.string().max(64),
  /** Operators: the ticket of POST /api/v1/socket-tickets. */
  ticket: z.string().max(200).optional(),
  /** Contacts: their token and the widget they came through. */
  contactToken: z.string().max(200).optional(),
  widgetKey: z.string().max(64).optional(),
})

/** Frames a client sends. */
export const clientFrame = z.discriminatedUnion('type', [
  hello,
  /** Follow a conversation from what the client has; answered by packets, the first of which may be a snapshot. */
  z.strictObject({ type: z.literal('watch'), conversationId: id, epoch: id.optional(), n: count.optional() }),
  z.strictObject({ type: z.literal('unwatch'), conversationId: id }),
  /** Operators: follow lists, and say what of them is shown (a digest, or null when nothing is yet). */
  z.strictObject({
    type: z.literal('lists'),
    digests: z.partialRecord(listName, z.string().max(64).nullable()),
    /** The group whose list is meant. */
    group: id.optional(),
  }),
  z.strictObject({ type: z.literal('typing'), conversationId: id, on: z.boolean() }),
  /** Heartbeat; with it the server looks whether a notice was lost. `watching` is what earlier builds send, and not read. */
  z.strictObject({
    type: z.literal('ping'),
    watching: z
      .record(id, count)
      .refine((watching) => Object.keys(watching).length <= 200)
      .optional(),
  }),
])
export type ClientFrame = z.infer<typeof clientFrame>
