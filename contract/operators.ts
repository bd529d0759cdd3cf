import { z } from 'zod'
import { right, roleName } from './roles.ts'
import { route } from './route.ts'
import { count, email, id, line, locale, moment, nothing } from './scalars.ts'

export const theme = z.enum(['system', 'light', 'dark'])

/** A colleague, as other operators see them. */
export const operator = z.strictObject({
  id,
  name: z.string(),
  /** The name contacts see. */
  alias: z.string().nullable(),
  role: roleName,
  /** The switch is on and a connection lives. */
  available: z.boolean(),
  /** The switch is on, but nobody is there. */
  away: z.boolean(),
  /** Since when they are available, away or neither. */
  since: moment,
  /** Live conversations: how many there are and may be. */
  slots: z.strictObject({ used: z.int(), most: z.int() }),
  version: z.int(),
})
export type Operator = z.infer<typeof operator>

/** The operator who is logged in. */
export const me = z.strictObject({
  id,
  organizationId: id,
  organizationName: z.string(),
  name: z.string(),
  alias: z.string().nullable(),
  email,
  role: roleName,
  /** All that my role allows. */
  rights: z.array(right),
  locale,
  theme,
  /** One-key shortcuts on or off (WCAG 2.1.4). */
  shortcuts: z.boolean(),
  /** The online/offline switch. */
  online: z.boolean(),
  /** How many live conversations I may have at once. */
  slots: z.int(),
  version: z.int(),
})
export type Me = z.infer<typeof me>

export const listOperators = route({
  method: 'GET',
  path: '/api/v1/operators',
  caller: 'operator',
  summary: 'List the operators of the organization',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(operator) }),
  errors: [],
})

export const listWorkloads = route({
  method: 'GET',
  path: '/api/v1/operators/workloads',
  caller: 'operator',
  summary: 'How many running conversations each operator has; who has none is left out',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(z.strictObject({ operatorId: id, running: count })) }),
  errors: [],
})

export const updateMe = route({
  method: 'PATCH',
  path: '/api/v1/me',
  caller: 'operator',
  summary: 'Change my name, alias, language, theme, shortcut switch or number of live conversations at once',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    name: line(80).optional(),
    alias: line(80).nullable().optional(),
    locale: locale.optional(),
    theme: theme.optional(),
    shortcuts: z.boolean().optional(),
    slots: z.int().min(0).max(20).optional(),
  }),
  answer: me,
  errors: [],
})

export const setAvailability = route({
  method: 'PUT',
  path: '/api/v1/me/availability',
  caller: 'operator',
  summary: 'Go online or offline',
  params: nothing,
  query: nothing,
  body: z.strictObject({ online: z.boolean() }),
  answer: me,
  errors: [],
})
