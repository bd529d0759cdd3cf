import { z } from 'zod'
import { defineKind } from './kind.ts'

/** Whose address it is says that they did not leave it; it is the contact's no longer. */
export const addressRefused = defineKind({
  of: 'event',
  event: 'address_refused',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: { address: z.string() },
  text: ({ body: { address } }) => ['event.addressRefused', { address }],
  isAboutContact: true,
})
