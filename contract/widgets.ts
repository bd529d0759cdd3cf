import { z } from 'zod'
import { route } from './route.ts'
import { id, locale, nothing } from './scalars.ts'

/** A widget as operators see it. */
export const widget = z.strictObject({
  id,
  /** Public: it stands in the page of every site that carries the messenger. */
  key: z.string(),
  name: z.string(),
  locale,
  /** Main colour as #rrggbb. */
  color: z.string(),
  /** Origins that may carry it, `https://*.example.com` allowed; empty: any site. */
  allowedSites: z.array(z.string()),
  version: z.int(),
})
export type Widget = z.infer<typeof widget>

export const listWidgets = route({
  method: 'GET',
  path: '/api/v1/widgets',
  caller: 'operator',
  summary: 'List the widgets',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(widget) }),
  errors: [],
})
