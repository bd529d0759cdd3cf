import { z } from 'zod'
import { defineKind } from './kind.ts'

/** The contact said where they can be reached. */
export const addressLeft = defineKind({
  of: 'event',
  event: 'address_left',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: { address: z.string() },
  text: ({ body: { address } }) => ['event.addressLeft', { address }],
  isAboutContact: true,
})
