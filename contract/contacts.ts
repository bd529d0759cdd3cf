import { z } from 'zod'
import { route } from './route.ts'
import { id, locale, moment, nothing } from './scalars.ts'

export const contact = z.strictObject({
  id,
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** They have shown that they read what is sent to it. */
  emailVerified: z.boolean(),
  locale: locale.nullable(),
  createdAt: moment,
  /** Connected to the messenger right now. */
  online: z.boolean(),
  version: z.int(),
})
export type Contact = z.infer<typeof contact>

export const readContact = route({
  method: 'GET',
  path: '/api/v1/contacts/:contactId',
  caller: 'operator',
  summary: 'Read a contact',
  params: z.strictObject({ contactId: id }),
  query: nothing,
  body: nothing,
  answer: contact,
  errors: ['contact.unknown'],
})
