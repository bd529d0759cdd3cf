import { byOf } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** The contact can write again. */
export const unblocked = defineKind({
  of: 'event',
  event: 'unblocked',
  v: 1,
  audience: 'both',
  fields: {},
  internal: {},
  text: (entry, reader) => ['event.unblocked', { by: byOf(entry, reader) }],
  isAboutContact: true,
})
