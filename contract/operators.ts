import { z } from 'zod'
import { right, roleName } from './roles.ts'
import { route } from './route.ts'
import { bytes, count, email, id, line, lines, locale, moment, nothing } from './scalars.ts'

export const theme = z.enum(['system', 'light', 'dark'])

/** Languages an operator may say they speak, as BCP 47 writes them; what they are called is known wherever they are shown. */
// biome-ignore format: a list
export const spokenLanguages = [
  'af', 'ar', 'az', 'be', 'bg', 'bn', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi', 'fil',
  'fr', 'ga', 'gl', 'gu', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'is', 'it', 'ja', 'ka', 'kk', 'km', 'ko', 'ku', 'lb', 'lt',
  'lv', 'mk', 'mn', 'ms', 'mt', 'my', 'nb', 'ne', 'nl', 'pa', 'pl', 'ps', 'pt', 'rm', 'ro', 'ru', 'sk', 'sl', 'so', 'sq',
  'sr', 'sv', 'sw', 'ta', 'te', 'th', 'tr', 'uk', 'ur', 'uz', 'vi', 'yi', 'zh',
] as const
const languages = z.array(z.enum(spokenLanguages)).max(20)
/** The same where it is sent. */
export const someLanguages = languages.refine((all) => new Set(all).size === all.length)
export type SpokenLanguage = (typeof spokenLanguages)[number]

/** Where somebody's picture lies, below the origin; null: there is none. */
export const picturePath = z.string().nullable()

/** A colleague, as other operators see them. */
export const operator = z.strictObject({
  id,
  name: z.string(),
  /** The name contacts see. */
  alias: z.string().nullable(),
  picture: picturePath,
  languages,
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
  picture: picturePath,
  languages,
  /** What stands under my messages where they are mailed. */
  signature: z.string().nullable(),
  email,
  role: roleName,
  /** All that my role allows. */
  rights: z.array(right),
  locale,
  theme,
  /** One-key shortcuts on or off (WCAG 2.1.4). */
  shortcuts: z.boolean(),
  /** For so many seconds what I send can be taken back; it is not sent before. */
  undoSeconds: z.int(),
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

/** What an operator works on. */
export const workload = z.strictObject({
  operatorId: id,
  /** Conversations assigned to them that have not ended. */
  running: count,
  /** With whom they are live, who came first first. */
  live: z.array(
    z.strictObject({
      conversationId: id,
      contact: z.strictObject({ id, name: z.string().nullable(), email: z.string().nullable() }),
      since: moment,
    }),
  ),
})
export type Workload = z.infer<typeof workload>

export const listWorkloads = route({
  method: 'GET',
  path: '/api/v1/operators/workloads',
  caller: 'operator',
  summary:
    'How many running conversations each operator has, and with whom they are live; who has none is left out',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(workload) }),
  errors: [],
})

export const updateMe = route({
  method: 'PATCH',
  path: '/api/v1/me',
  caller: 'operator',
  summary: 'Change what is known of me, or how I work',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    name: line(80).optional(),
    alias: line(80).nullable().optional(),
    languages: someLanguages.optional(),
    signature: lines(500).nullable().optional(),
    locale: locale.optional(),
    theme: theme.optional(),
    shortcuts: z.boolean().optional(),
    undoSeconds: z.int().min(0).max(30).optional(),
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

/** What a picture may weigh when it is sent to us. */
export const pictureBytes = 2 * 1024 * 1024
export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const

export const setPicture = route({
  method: 'PUT',
  path: '/api/v1/me/picture',
  caller: 'operator',
  summary: 'Send my picture: it is cut to a square, and nothing that the camera wrote into it is kept',
  params: nothing,
  query: nothing,
  body: bytes,
  takes: { types: pictureTypes, atMost: pictureBytes },
  answer: me,
  errors: ['picture.unreadable', 'picture.too_large'],
})

export const removePicture = route({
  method: 'DELETE',
  path: '/api/v1/me/picture',
  caller: 'operator',
  summary: 'Remove my picture',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: me,
  errors: [],
})

export const readPicture = route({
  method: 'GET',
  path: '/api/v1/pictures/:picture',
  caller: 'anyone',
  summary: 'Read a picture by the address that an operator or a conversation names',
  params: z.strictObject({ picture: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  query: nothing,
  body: nothing,
  answer: bytes,
  gives: 'image/webp',
  errors: ['picture.unknown'],
})
