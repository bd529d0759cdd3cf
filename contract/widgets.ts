import { z } from 'zod'
import { media } from './files.ts'
import { hours } from './hours.ts'
import { route } from './route.ts'
import { id, line, locale, nothing } from './scalars.ts'

/**
 * Whom a widget's conversations go to: everyone · the members of a group · those of the group that the contact picks ·
 * whoever has all of some skills · an operator first, everyone after.
 */
export const routingMode = z.enum(['everyone', 'group', 'choice', 'skills', 'operator'])

/** A text in some languages; where one is missing, the widget's own language stands in. */
const inLanguages = (max: number) => z.partialRecord(locale, z.string().trim().min(1).max(max))

/** What the messenger says by itself, in place of the usual words. */
export const automaticTexts = z.strictObject({
  /** Before anybody has written. */
  welcome: inLanguages(300),
  /** While nobody is there, or outside the business hours. */
  away: inLanguages(500),
  /** To a contact who has waited for an answer. */
  waiting: inLanguages(500),
  /** To a contact who has not written for a while. */
  silent: inLanguages(500),
})
export type AutomaticTexts = z.infer<typeof automaticTexts>

/** Those that the messenger itself shows, before they stand in any log. */
export const shownTexts = automaticTexts.pick({ welcome: true, away: true })

/** What contacts must agree to before they write. */
export const privacyTerms = z.strictObject({
  /** Where the terms stand. */
  url: z.url({ protocol: /^https$/ }).max(500),
  text: inLanguages(1_000),
})
export type PrivacyTerms = z.infer<typeof privacyTerms>

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
  routing: routingMode,
  groupId: id.nullable(),
  operatorId: id.nullable(),
  skillIds: z.array(id),
  /** The groups among which the contact picks, in their order. */
  groupIds: z.array(id),
  /** Minutes without a message after which a live conversation goes on for later. */
  liveMinutes: z.int(),
  /** When somebody answers live; null: at any time. */
  hours: hours.nullable(),
  texts: automaticTexts,
  /** Null: contacts need agree to nothing. */
  privacy: privacyTerms.nullable(),
  /** Minutes after which a contact who is away gets unread messages by mail; `null`: never. */
  mailMinutes: z.int().nullable(),
  /** Minutes after a contact's first unanswered message at which `texts.waiting` is said; `null`: never. */
  waitingMinutes: z.int().nullable(),
  /** Minutes after an operator's last message at which `texts.silent` is said; `null`: never. */
  silentMinutes: z.int().nullable(),
  media,
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

export const updateWidget = route({
  method: 'PATCH',
  path: '/api/v1/widgets',
  caller: 'operator',
  summary: 'Change a widget: its name, language, colour, routing, minutes, allowed sites',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    id,
    name: line(80),
    locale,
    color: z.string().regex(/^#[0-9a-f]{6}$/),
    allowedSites: z.array(z.string().trim().min(1).max(300)).max(200),
    routing: routingMode,
    groupId: id.nullable(),
    operatorId: id.nullable(),
    skillIds: z.array(id).max(100),
    groupIds: z.array(id).max(20),
    liveMinutes: z.int().min(1).max(30),
    hours: hours.nullable(),
    texts: automaticTexts,
    privacy: privacyTerms.nullable(),
    mailMinutes: z.int().min(1).max(1440).nullable(),
    waitingMinutes: z.int().min(1).max(120).nullable(),
    silentMinutes: z.int().min(1).max(10_080).nullable(),
    /** Left out: as it is. */
    media: media.optional(),
  }),
  bodyBytes: 336 * 1024,
  answer: widget,
  errors: [
    'role.missing',
    'widget.unknown',
    'widget.routing_incomplete',
    'widget.sites_invalid',
    'widget.hours_invalid',
    'group.unknown',
    'skill.unknown',
    'operator.unknown',
  ],
})
