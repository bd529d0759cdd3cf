import { z } from 'zod'
import { defineKind } from './kind.ts'

/** The contact wanted to send a file in which malware was found; it was removed. */
export const fileRefused = defineKind({
  of: 'event',
  event: 'file_refused',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: {
    name: z.string(),
    /** What the scanner calls it. */
    found: z.string(),
  },
  text: ({ body: { name, found } }) => ['event.fileRefused', { name, found }],
})
