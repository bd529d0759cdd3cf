import { z } from 'zod'
import { me } from './operators.ts'
import { route } from './route.ts'
import { email, id, moment, newPassword, nothing } from './scalars.ts'

const currentPassword = z.string().min(1).max(1024)
const linkToken = z.strictObject({ token: z.string().min(1).max(200) })

export const readFront = route({
  method: 'GET',
  path: '/api/v1/front',
  caller: 'anyone',
  summary: 'Read what the log-in page says: whose it is, and whether mail goes out',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({
    /** `null`: there is none yet, or there are several. */
    organizationName: z.string().nullable(),
    /** Whether a forgotten password can be set anew by mail. */
    mail: z.boolean(),
  }),
  errors: [],
})

export const changePassword = route({
  method: 'PUT',
  path: '/api/v1/me/password',
  caller: 'operator',
  summary: 'Change my password: all my other sessions end, and this one gets a new cookie',
  params: nothing,
  query: nothing,
  body: z.strictObject({ current: currentPassword, password: newPassword }),
  answer: me,
  errors: ['password.wrong', 'password.common'],
})

export const forgetPassword = route({
  method: 'POST',
  path: '/api/v1/forgotten-password',
  caller: 'anyone',
  summary: 'Ask for a link to set a new password; answered alike whether anybody has this address',
  params: nothing,
  query: nothing,
  body: z.strictObject({ email }),
  answer: nothing,
  errors: ['mail.not_set'],
})

export const readPasswordLink = route({
  method: 'POST',
  path: '/api/v1/password-link',
  caller: 'anyone',
  summary: 'Ask whose password a link sets; it is not used by this',
  params: nothing,
  query: nothing,
  body: linkToken,
  answer: z.strictObject({ organizationName: z.string(), name: z.string(), email: z.string() }),
  errors: ['link.invalid'],
})

export const setPasswordByLink = route({
  method: 'POST',
  path: '/api/v1/password-link/password',
  caller: 'anyone',
  summary: 'Set a new password by a link and be logged in; all other sessions and links end',
  params: nothing,
  query: nothing,
  body: linkToken.extend({ password: newPassword }),
  answer: me,
  errors: ['session.credentials', 'link.invalid', 'password.common'],
})

export const makePasswordLink = route({
  method: 'POST',
  path: '/api/v1/operators/:operatorId/password-link',
  caller: 'operator',
  summary: 'Make a link by which a colleague sets a new password; its token is answered this once',
  params: z.strictObject({ operatorId: id }),
  query: nothing,
  body: nothing,
  answer: z.strictObject({ token: z.string(), expiresAt: moment }),
  errors: ['role.missing', 'operator.unknown', 'operator.protected'],
})

export const requestAddress = route({
  method: 'PUT',
  path: '/api/v1/me/address',
  caller: 'operator',
  summary: 'Ask for another e-mail address: it holds once the mail that goes there is answered',
  params: nothing,
  query: nothing,
  body: z.strictObject({ email, password: currentPassword }),
  answer: nothing,
  errors: ['password.wrong', 'operator.email_taken', 'mail.not_set'],
})

export const addressLink = z.strictObject({
  /** `address`: a new address is to be proven. `undo`: it was changed and is to be as before. */
  kind: z.enum(['address', 'undo']),
  organizationName: z.string(),
  /** What the address will be. */
  email: z.string(),
})
export type AddressLink = z.infer<typeof addressLink>

export const readAddressLink = route({
  method: 'POST',
  path: '/api/v1/address-link',
  caller: 'anyone',
  summary: 'Ask which address a link sets; it is not used by this',
  params: nothing,
  query: nothing,
  body: linkToken,
  answer: addressLink,
  errors: ['link.invalid'],
})

export const openAddressLink = route({
  method: 'POST',
  path: '/api/v1/address-link/opening',
  caller: 'anyone',
  summary:
    'Set the address of a link; one that takes a change back ends all sessions and leads to a new password',
  params: nothing,
  query: nothing,
  body: linkToken,
  answer: addressLink.extend({
    /** Of a link to set a new password, where a change was taken back. */
    passwordToken: z.string().nullable(),
  }),
  errors: ['link.invalid', 'operator.email_taken'],
})
