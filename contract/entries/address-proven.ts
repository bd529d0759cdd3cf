import { z } from 'zod'
import { defineKind } from './kind.ts'

/** The contact opened a link that was sent to their address. */
export const addressProven = defineKind({
  of: 'event',
  event: 'address_proven',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: { address: z.string() },
  text: ({ body: { address } }) => ['event.addressProven', { address }],
  isAboutContact: true,
})
