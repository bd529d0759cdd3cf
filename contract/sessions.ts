import { z } from 'zod'
import { asMailAddress } from './addresses.ts'
import { me } from './operators.ts'
import { route } from './route.ts'
import { id, moment, nothing } from './scalars.ts'

export const session = z.strictObject({
  id,
  createdAt: moment,
  lastSeenAt: moment,
  /** Browser and system in a few words, from the user agent. */
  device: z.string(),
  current: z.boolean(),
})
export type Session = z.infer<typeof session>

export const logIn = route({
  method: 'POST',
  path: '/api/v1/session',
  caller: 'anyone',
  summary: 'Log in; the answer sets the session cookie',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    email: z.string().trim().min(1).max(400).overwrite(asMailAddress),
    password: z.string().min(1).max(1024),
  }),
  answer: me,
  errors: ['session.credentials'],
})

export const readSession = route({
  method: 'GET',
  path: '/api/v1/session',
  caller: 'operator',
  summary: 'Read who is logged in',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: me,
  errors: [],
})

export const logOut = route({
  method: 'DELETE',
  path: '/api/v1/session',
  caller: 'operator',
  summary: 'Log out',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: nothing,
  errors: [],
})

export const listSessions = route({
  method: 'GET',
  path: '/api/v1/me/sessions',
  caller: 'operator',
  summary: 'List where I am logged in',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(session) }),
  errors: [],
})

export const endSession = route({
  method: 'DELETE',
  path: '/api/v1/me/sessions/:sessionId',
  caller: 'operator',
  summary: 'Log out one of my sessions',
  params: z.strictObject({ sessionId: id }),
  query: nothing,
  body: nothing,
  answer: nothing,
  errors: ['session.unknown'],
})

export const createSocketTicket = route({
  method: 'POST',
  path: '/api/v1/socket-tickets',
  caller: 'operator',
  summary: 'Get a ticket for one socket; it is good for 30 seconds and once',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ ticket: z.string() }),
  errors: [],
})
