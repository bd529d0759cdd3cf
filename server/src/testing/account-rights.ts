import * as bodies from './request-bodies.ts'

/** Coming in by links, passwords and addresses: everybody may ask, and what a body proves decides. */
export const accountRights = {
  readInvitation: {
    target: 'none',
    outcomes: answered('invitation.invalid', 'invitation.invalid'),
    body: bodies.guess,
  },
  acceptInvitation: {
    target: 'none',
    outcomes: answered('invitation.invalid', 'invitation.invalid'),
    body: bodies.acceptance,
  },
  readFront: { target: 'none', outcomes: answered('ok', 'ok') },
  changePassword: {
    target: 'none',
    outcomes: answered('session.required', 'password.wrong'),
    body: () => ({ current: 'not this one', password: 'long enough' }),
  },
  forgetPassword: {
    target: 'none',
    outcomes: answered('mail.not_set', 'mail.not_set'),
    body: bodies.address,
  },
  readPasswordLink: {
    target: 'none',
    outcomes: answered('link.invalid', 'link.invalid'),
    body: bodies.guess,
  },
  setPasswordByLink: {
    target: 'none',
    outcomes: answered('link.invalid', 'link.invalid'),
    body: () => ({ ...bodies.guess(), password: 'long enough' }),
  },
  requestAddress: {
    target: 'none',
    outcomes: answered('session.required', 'mail.not_set'),
    body: () => ({ ...bodies.address(), password: 'not this one' }),
  },
  readAddressLink: {
    target: 'none',
    outcomes: answered('link.invalid', 'link.invalid'),
    body: bodies.guess,
  },
  openAddressLink: {
    target: 'none',
    outcomes: answered('link.invalid', 'link.invalid'),
    body: bodies.guess,
  },
} as const

function answered<const Others, const Operators>(others: Others, operators: Operators) {
  return {
    anyone: others,
    ended: others,
    contact: others,
    otherContact: others,
    foreignContact: others,
    assigned: operators,
    colleague: operators,
    admin: operators,
    stranger: operators,
  } as const
}
