import { z } from 'zod'
import { route } from './route.ts'
import { id, line, locale, moment, nothing } from './scalars.ts'

/** That a contact is kept from writing. */
export const block = z.strictObject({
  id,
  reason: z.string(),
  /** Who did it; null where they are no longer known. */
  by: id.nullable(),
  at: moment,
  /** `null`: for good. */
  until: moment.nullable(),
})

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
  block: block.nullable(),
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

const contactParams = z.strictObject({ contactId: id })

export const blockContact = route({
  method: 'PUT',
  path: '/api/v1/contacts/:contactId/block',
  caller: 'operator',
  summary: 'Keep a contact from writing for a while or for good; a block they have already is replaced',
  params: contactParams,
  query: nothing,
  /** `until`: a moment to come, null for good. The contact is never told the reason. */
  body: z.strictObject({ id, reason: line(300), until: moment.nullable() }),
  answer: contact,
  errors: ['contact.unknown', 'role.missing'],
})

export const unblockContact = route({
  method: 'DELETE',
  path: '/api/v1/contacts/:contactId/block',
  caller: 'operator',
  summary: 'Let a blocked contact write again',
  params: contactParams,
  query: nothing,
  body: nothing,
  answer: contact,
  errors: ['contact.unknown', 'role.missing'],
})
