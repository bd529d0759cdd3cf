import { z } from 'zod'
import { contactToken } from './messenger.ts'
import { route } from './route.ts'
import { cursor, email, id, locale, moment, nothing } from './scalars.ts'

export const mailKind = z.enum([
  'test',
  'unread',
  /** A link back, asked for by who lost theirs. */
  'link',
  'invitation',
  /** A link to set a new password. */
  'password_link',
  'password_changed',
  /** A colleague made such a link for somebody. */
  'password_link_made',
  /** To an address that is to be proven. */
  'address_proof',
  /** To the address that was changed. */
  'address_changed',
  'log_ins_failed',
])

/** `kept`: it is not sent, because no server for mail is set. */
export const mailState = z.enum(['queued', 'sent', 'kept', 'failed'])

/**
 * A mail that was sent or is to be. `error` is what the last attempt that failed was answered, of a queued one too.
 */
export const mail = z.strictObject({
  id,
  kind: mailKind,
  to: z.string(),
  locale,
  state: mailState,
  error: z.string().nullable(),
  createdAt: moment,
  sentAt: moment.nullable(),
})
export type Mail = z.infer<typeof mail>

export const listMails = route({
  method: 'GET',
  path: '/api/v1/mails',
  caller: 'operator',
  summary: 'List the mails, newest first, and say by which server they go out',
  params: nothing,
  query: z.strictObject({ cursor: cursor.optional() }),
  body: nothing,
  answer: z.strictObject({
    items: z.array(mail),
    next: z.string().nullable(),
    /** `null`: none is set, mails are kept. */
    outgoing: z.strictObject({ server: z.string(), from: z.string() }).nullable(),
  }),
  errors: ['role.missing'],
})

export const readMail = route({
  method: 'GET',
  path: '/api/v1/mails/:mailId',
  caller: 'operator',
  summary: 'Read a mail as it looks; a link in it leads nowhere',
  params: z.strictObject({ mailId: id }),
  query: nothing,
  body: nothing,
  answer: z.strictObject({ mail, subject: z.string(), text: z.string(), html: z.string() }),
  errors: ['role.missing', 'mail.unknown'],
})

export const sendTestMail = route({
  method: 'POST',
  path: '/api/v1/mails',
  caller: 'operator',
  summary: 'Send a test mail to myself',
  params: nothing,
  query: nothing,
  body: z.strictObject({ id }),
  answer: nothing,
  errors: ['role.missing', 'create.id_reused'],
})

/** `own`: the secret that this browser got by this very link before; with it the link opens again. */
const linkBody = z.strictObject({ token: z.string().min(1).max(200), own: contactToken.optional() })

export const readMailLink = route({
  method: 'POST',
  path: '/api/v1/mail-link',
  caller: 'anyone',
  summary: 'Ask whose conversation the link of a mail opens; it is not used by this',
  params: nothing,
  query: nothing,
  body: linkBody,
  answer: z.strictObject({
    organizationName: z.string(),
    /** Partly masked. */
    address: z.string(),
    locale,
    color: z.string(),
    /** When the conversation began in which somebody left the address. */
    beganAt: moment,
    /** The website that the conversation belongs to, where the widget names one. */
    site: z.string().nullable(),
  }),
  errors: ['link.invalid'],
})

export const openMailLink = route({
  method: 'POST',
  path: '/api/v1/mail-link/opening',
  caller: 'anyone',
  summary:
    'Open the conversation of a link: once, and again in the browser that opened it. It proves the address and the browser; every other secret of the contact parts from it',
  params: nothing,
  query: nothing,
  body: linkBody.extend({
    /** Secrets that this browser has from before; those of this contact are proven with it. */
    known: z.array(contactToken).max(20).optional(),
  }),
  answer: z.strictObject({ token: contactToken, conversationId: id, widgetKey: z.string() }),
  errors: ['link.invalid'],
})

export const refuseMailLink = route({
  method: 'POST',
  path: '/api/v1/mail-link/refusal',
  caller: 'anyone',
  summary:
    'Say that it was not me who left the address: the contact no longer has it, and nothing is mailed there',
  params: nothing,
  query: nothing,
  body: linkBody,
  answer: nothing,
  errors: ['link.invalid'],
})

export const renewMailLink = route({
  method: 'POST',
  path: '/api/v1/mail-link/renewal',
  caller: 'anyone',
  summary:
    'Ask for another link, which goes to the address that this one went to; answered alike, whatever becomes of it',
  params: nothing,
  query: nothing,
  body: z.strictObject({ token: z.string().min(1).max(200) }),
  answer: nothing,
  errors: [],
})

export const sendMyLink = route({
  method: 'POST',
  path: '/api/v1/messenger/link',
  caller: 'contact',
  summary:
    'Ask for a link to the conversation that goes on elsewhere since its address was proven; it goes to that address, and all is answered alike',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: nothing,
  errors: [],
})

export const setMyEmail = route({
  method: 'PUT',
  path: '/api/v1/messenger/email',
  caller: 'contact',
  summary: 'Leave the address to which answers may be mailed',
  params: nothing,
  query: nothing,
  body: z.strictObject({ email }),
  answer: nothing,
  errors: ['contact.unknown', 'contact.blocked'],
})
