import type { ErrorCode } from '@foyer/contract/errors.ts'
import { accountRights } from './account-rights.ts'
import { fileRights } from './file-rights.ts'
import * as bodies from './request-bodies.ts'

/*
 * Who may do what: every route and every frame, with every kind of caller, against everything it could name. The test
 * walks all of it through real connections, and a check refuses a route or a frame without a row.
 */

/** `assigned`, `colleague` and `admin` are operators of one organization, `stranger` is one of another. */
export const callers = [
  'anyone',
  /** With the cookie of a session that was ended. */
  'ended',
  'assigned',
  'colleague',
  'admin',
  'stranger',
  /** Whose conversation `own` is. */
  'contact',
  /** Of the same organization. */
  'otherContact',
  /** Of another organization. */
  'foreignContact',
] as const
export type CallerName = (typeof callers)[number]

/**
 * What is asked for. `own`: the contact's conversation, assigned to `assigned`; their session, their widget. `foreign`: of
 * the same organization, but of a contact and an operator who are no callers. `elsewhere`: of an organization no caller
 * belongs to.
 */
export const targets = ['own', 'foreign', 'elsewhere', 'erased', 'invented'] as const
export type TargetName = (typeof targets)[number]

/** `ok`: done. `nothing`: answered like done, and nothing is changed. Otherwise the refusal. */
export type Outcome = 'ok' | 'nothing' | ErrorCode

/** For what is not named here the outcome is the row's `unknown`. */
export type Outcomes<O> = Readonly<Record<CallerName, O | Partial<Record<TargetName, O>>>>

export type TargetKind =
  | 'none'
  | 'conversation'
  | 'contact'
  | 'session'
  | 'widget'
  | 'badge'
  | 'operator'
  | 'group'
  | 'skill'
  | 'invitation'
  | 'mail'
  | 'picture'
  /** Of the operator whose it is, begun and not sent. */
  | 'upload'
  /** The same of a contact. */
  | 'myUpload'
  /** By an address that was made for its operator. */
  | 'file'

export type RouteRow = {
  target: TargetKind
  outcomes: Outcomes<Outcome>
  /** How everything is answered that the caller may not know of; alike, whether it exists or not. */
  unknown?: Outcome
  query?: string
  body?: (facts: bodies.BodyFacts) => unknown
  /** The conversation has ended before. */
  isEnded?: true
  /** The caller's session does not outlive the call. */
  endsSession?: true
}

const noOperator = {
  anyone: 'session.required',
  ended: 'session.required',
  contact: 'session.required',
  otherContact: 'session.required',
  foreignContact: 'session.required',
} as const
const noContact = {
  anyone: 'contact.required',
  ended: 'contact.required',
  assigned: 'contact.required',
  colleague: 'contact.required',
  admin: 'contact.required',
  stranger: 'contact.required',
} as const

const everyOperator = { ...noOperator, assigned: 'ok', colleague: 'ok', admin: 'ok', stranger: 'ok' } as const
const everyContact = { ...noContact, contact: 'ok', otherContact: 'ok', foreignContact: 'ok' } as const
/** A macro that is nobody's; whose they are, and who may change them: slices/macros/macros.test.ts. */
const noSuchMacro = {
  ...noOperator,
  assigned: 'macro.unknown',
  colleague: 'macro.unknown',
  admin: 'macro.unknown',
  stranger: 'macro.unknown',
} as const
const adminsOnly = {
  ...noOperator,
  assigned: 'role.missing',
  colleague: 'role.missing',
  stranger: 'role.missing',
  admin: 'ok',
} as const
/** What no operator of the cast has the role for; those who have are in slices/roles/roles.test.ts. */
const nobodysRole = { ...adminsOnly, admin: 'role.missing' } as const
const noId = '00000000-0000-4000-8000-000000000000'
const inOrganization = { own: 'ok', foreign: 'ok' } as const
const adminsOfOrganization = {
  ...noOperator,
  assigned: 'role.missing',
  colleague: 'role.missing',
  stranger: 'role.missing',
  admin: inOrganization,
} as const
const everyColleague = {
  ...noOperator,
  assigned: inOrganization,
  colleague: inOrganization,
  admin: inOrganization,
  stranger: {},
} as const
/** What only the assigned operator may do; the role does not matter. */
const assignedOnly = {
  ...noOperator,
  assigned: { own: 'ok', foreign: 'conversation.not_yours' },
  colleague: { own: 'conversation.not_yours', foreign: 'conversation.not_yours' },
  admin: { own: 'conversation.not_yours', foreign: 'conversation.not_yours' },
  stranger: {},
} as const
const ownContactOnly = { ...noContact, contact: { own: 'ok' }, otherContact: {}, foreignContact: {} } as const
/** What is public can be read by whoever knows its key, of every organization. */
const anywhere = { own: 'ok', foreign: 'ok', elsewhere: 'ok' } as const

/** A message that nobody wrote. */
const noSuchMessage = { own: 'message.unknown', foreign: 'message.unknown' } as const
const onNoMessage = {
  ...noOperator,
  assigned: noSuchMessage,
  colleague: noSuchMessage,
  admin: noSuchMessage,
  stranger: {},
} as const
const onNoMessageOfMine = { ...ownContactOnly, contact: { own: 'message.unknown' } } as const

/** A note that nobody wrote. */
const noSuchNote = { own: 'note.unknown', foreign: 'note.unknown' } as const

const ofConversation = { target: 'conversation', unknown: 'conversation.unknown' } as const

/** Acting on a contact. */
const ofContact = { target: 'contact', unknown: 'contact.unknown', outcomes: everyColleague } as const

const ofLink: RouteRow = { target: 'none', outcomes: same('link.invalid'), body: bodies.guess }

/** Acting on a colleague. */
const ofColleague = {
  target: 'operator',
  unknown: 'operator.unknown',
  outcomes: adminsOfOrganization,
} as const

export const routeRights: Readonly<Record<string, RouteRow>> = {
  readSetup: { target: 'none', outcomes: same('ok') },
  setUp: {
    target: 'none',
    outcomes: same('setup.done'),
    body: bodies.newInstallation,
  },
  listNotices: { target: 'none', outcomes: adminsOnly },
  readSample: { target: 'none', outcomes: everyOperator },
  removeSample: { target: 'none', outcomes: adminsOnly },
  createSample: { target: 'none', outcomes: adminsOnly },

  logIn: {
    target: 'none',
    outcomes: same('ok'),
    body: ({ spare }) => ({ email: spare.email, password: spare.password }),
    endsSession: true,
  },
  readSession: { target: 'none', outcomes: everyOperator },
  logOut: { target: 'none', outcomes: everyOperator, endsSession: true },
  listSessions: { target: 'none', outcomes: everyOperator },
  endSession: {
    target: 'session',
    unknown: 'session.unknown',
    outcomes: { ...noOperator, assigned: { own: 'ok' }, colleague: {}, admin: {}, stranger: {} },
  },
  createSocketTicket: { target: 'none', outcomes: everyOperator },

  listOperators: { target: 'none', outcomes: everyOperator },
  listWorkloads: { target: 'none', outcomes: everyOperator },
  updateMe: { target: 'none', outcomes: everyOperator, body: () => ({ theme: 'dark' }) },
  setAvailability: { target: 'none', outcomes: everyOperator, body: () => ({ online: false }) },
  setPicture: { target: 'none', outcomes: everyOperator, body: bodies.picture },
  removePicture: { target: 'none', outcomes: everyOperator },
  listNotifications: { target: 'none', outcomes: everyOperator },
  readNotifications: { target: 'none', outcomes: everyOperator, body: () => ({}) },
  readSignSettings: { target: 'none', outcomes: everyOperator },
  updateSignSettings: { target: 'none', outcomes: everyOperator, body: () => ({ silenced: true }) },
  listGroups: { target: 'none', outcomes: everyOperator },
  saveGroup: { target: 'none', outcomes: adminsOnly, body: bodies.newCircle },
  removeGroup: { target: 'group', unknown: 'group.unknown', outcomes: adminsOfOrganization },
  listSkills: { target: 'none', outcomes: everyOperator },
  saveSkill: { target: 'none', outcomes: adminsOnly, body: bodies.newCircle },
  removeSkill: { target: 'skill', unknown: 'skill.unknown', outcomes: adminsOfOrganization },
  listInvitations: { target: 'none', outcomes: adminsOnly },
  invite: { target: 'none', outcomes: adminsOnly, body: bodies.newInvitation },
  withdrawInvitation: { target: 'invitation', unknown: 'invitation.invalid', outcomes: adminsOfOrganization },
  setActive: { ...ofColleague, body: () => ({ active: false }) },
  updateColleague: { ...ofColleague, body: () => ({ name: 'Renamed' }) },
  setRole: { ...ofColleague, body: bodies.anyRole },
  logOutColleague: ofColleague,
  ...accountRights,
  makePasswordLink: ofColleague,
  listMails: { target: 'none', outcomes: adminsOnly },
  readMail: { target: 'mail', unknown: 'mail.unknown', outcomes: adminsOfOrganization },
  sendTestMail: { target: 'none', outcomes: adminsOnly, body: bodies.onlyId },
  readMailLink: ofLink,
  openMailLink: ofLink,
  refuseMailLink: ofLink,
  renewMailLink: { target: 'none', outcomes: same('ok'), body: bodies.guess },
  sendMyLink: { target: 'none', outcomes: everyContact },
  setMyEmail: { target: 'none', outcomes: everyContact, body: bodies.address },
  listTeam: { target: 'none', outcomes: adminsOnly },
  listRoles: { target: 'none', outcomes: adminsOnly },
  saveRole: { target: 'none', outcomes: nobodysRole, body: bodies.newRole },
  removeRole: { target: 'none', outcomes: nobodysRole, query: `replacementId=${noId}` },
  handOver: { target: 'none', outcomes: nobodysRole, body: ({ spare }) => ({ operatorId: spare.id }) },
  listWidgets: { target: 'none', outcomes: everyOperator },
  updateWidget: {
    target: 'none',
    outcomes: adminsOnly,
    body: ({ widgetId }) => ({ ...bodies.plainWidget, id: widgetId }),
  },
  readContact: { target: 'contact', unknown: 'contact.unknown', outcomes: everyColleague },
  listContactConversations: { target: 'contact', unknown: 'contact.unknown', outcomes: everyColleague },
  blockContact: { ...ofContact, body: bodies.block },
  unblockContact: ofContact,

  listConversations: { target: 'none', outcomes: everyOperator, query: 'list=all&search=canary' },
  readConversation: { ...ofConversation, outcomes: everyColleague },
  listEntries: { ...ofConversation, outcomes: everyColleague, query: 'before=100' },
  sendMessage: {
    ...ofConversation,
    outcomes: assignedOnly,
    body: ({ newId }) => ({ id: newId(), text: 'An answer' }),
  },
  assignConversation: {
    ...ofConversation,
    outcomes: everyColleague,
    body: ({ newId, spare, assigneeId }) => ({ id: newId(), operatorId: spare.id, from: assigneeId }),
  },
  assignGroup: {
    ...ofConversation,
    outcomes: everyColleague,
    body: ({ newId, groupId }) => ({ id: newId(), groupId }),
  },
  snoozeConversation: {
    ...ofConversation,
    // By everybody's role they may take over; without it: slices/conversations/snooze.test.ts.
    outcomes: everyColleague,
    body: ({ newId }) => ({ id: newId(), until: '2099-01-01T08:00:00.000Z' }),
  },
  endLive: {
    ...ofConversation,
    outcomes: {
      ...assignedOnly,
      assigned: { own: 'conversation.not_live', foreign: 'conversation.not_yours' },
    },
    body: ({ newId }) => ({ id: newId() }),
  },
  addNote: {
    ...ofConversation,
    outcomes: everyColleague,
    body: ({ newId }) => ({ id: newId(), text: 'A note' }),
  },
  changeNote: {
    ...ofConversation,
    outcomes: {
      ...noOperator,
      assigned: noSuchNote,
      colleague: noSuchNote,
      admin: noSuchNote,
      stranger: {},
    },
    body: ({ newId }) => ({ id: newId(), text: 'Another note' }),
  },
  deleteForContact: { ...ofConversation, outcomes: onNoMessage, body: bodies.onMessage },
  answerErasure: { ...ofConversation, outcomes: onNoMessage, body: bodies.erasure },
  react: { ...ofConversation, outcomes: onNoMessage, body: bodies.reaction },
  ...fileRights,
  listDrafts: { target: 'none', outcomes: everyOperator },
  listBeginnings: { ...ofConversation, outcomes: everyColleague },
  saveDraft: { ...ofConversation, outcomes: everyColleague, body: bodies.newDraft },
  listMacros: { target: 'none', outcomes: everyOperator },
  listUsableMacros: { target: 'none', outcomes: everyOperator },
  saveMacro: { target: 'none', outcomes: everyOperator, body: bodies.newMacro },
  removeMacro: { target: 'none', outcomes: noSuchMacro },
  exportMacros: { target: 'none', outcomes: everyOperator, query: 'format=csv' },
  importMacros: {
    target: 'none',
    outcomes: everyOperator,
    query: 'format=csv&dry=true',
    body: bodies.macroFile,
  },
  setState: {
    ...ofConversation,
    outcomes: assignedOnly,
    body: ({ newId }) => ({ id: newId(), state: 'pending' }),
  },
  endConversation: { ...ofConversation, outcomes: assignedOnly, body: ({ newId }) => ({ id: newId() }) },
  resumeConversation: {
    ...ofConversation,
    outcomes: everyColleague,
    body: ({ newId }) => ({ id: newId() }),
    isEnded: true,
  },
  markRead: {
    ...ofConversation,
    outcomes: {
      ...noOperator,
      assigned: { own: 'ok', foreign: 'nothing' },
      colleague: { own: 'nothing', foreign: 'nothing' },
      admin: { own: 'nothing', foreign: 'nothing' },
      stranger: {},
    },
    body: () => ({ read: 1 }),
  },

  readMessengerConfig: {
    target: 'widget',
    unknown: 'widget.unknown',
    outcomes: same(anywhere),
  },
  // Whoever has the badge may ask; one that nobody has counts nothing.
  readUnread: { target: 'badge', unknown: 'ok', outcomes: same(anywhere) },
  readPicture: { target: 'picture', unknown: 'picture.unknown', outcomes: same(anywhere) },
  listMyConversations: { target: 'none', outcomes: everyContact },
  startConversation: {
    target: 'widget',
    unknown: 'widget.unknown',
    outcomes: { ...noContact, contact: inOrganization, otherContact: inOrganization, foreignContact: {} },
    body: ({ newId, target }) => ({
      id: newId(),
      widgetKey: target,
      message: { id: newId(), text: 'A question' },
    }),
  },
  readMyConversation: { ...ofConversation, outcomes: ownContactOnly },
  listMyEntries: { ...ofConversation, outcomes: ownContactOnly, query: 'before=100' },
  writeMessage: {
    ...ofConversation,
    outcomes: ownContactOnly,
    body: ({ newId }) => ({ id: newId(), text: 'One more thing' }),
  },
  askForErasure: { ...ofConversation, outcomes: onNoMessageOfMine, body: bodies.onMessage },
  reactAsContact: { ...ofConversation, outcomes: onNoMessageOfMine, body: bodies.reaction },
  markMyReading: { ...ofConversation, outcomes: ownContactOnly, body: () => ({ delivered: 2, read: 2 }) },
}

/** What comes back over the socket: a kind of frame, a refusal, or the code the connection is closed with. */
/** What a row says of one caller and one target. */
export function outcomeOf<O>(
  row: { outcomes: Outcomes<O>; unknown?: O },
  caller: CallerName,
  target: TargetName,
): O {
  const outcome = row.outcomes[caller]
  if (typeof outcome !== 'object' || outcome === null) return outcome as O
  return (outcome as Partial<Record<TargetName, O>>)[target] ?? (row.unknown as O)
}

/** The same for every caller. */
export function same<O>(outcome: O): Record<CallerName, O> {
  return Object.fromEntries(callers.map((caller) => [caller, outcome])) as Record<CallerName, O>
}
