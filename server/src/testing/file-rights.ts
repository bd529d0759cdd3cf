import * as bodies from './request-bodies.ts'

/*
 * Files: whoever has begun an upload sees it and goes on with it, nobody else. An address says itself for whom it was made, so
 * that whoever has it may follow it.
 */

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
const ofColleagues = { own: 'ok', foreign: 'ok' } as const
const adminsOnly = {
  ...noOperator,
  assigned: 'role.missing',
  colleague: 'role.missing',
  stranger: 'role.missing',
  admin: 'ok',
} as const
const anywhere = { own: 'ok', foreign: 'ok', elsewhere: 'ok' } as const

const ofUpload = { target: 'upload', unknown: 'file.unknown' } as const
const ofMyUpload = { target: 'myUpload', unknown: 'file.unknown' } as const
const bringers = <O>(own: O) => ({
  operator: { ...noOperator, assigned: { own }, colleague: {}, admin: {}, stranger: {} },
  contact: { ...noContact, contact: { own }, otherContact: {}, foreignContact: {} },
})
const theirs = bringers('ok' as const)
const unfinished = bringers('file.incomplete' as const)

export const fileRights = {
  startUpload: {
    target: 'conversation',
    unknown: 'conversation.unknown',
    outcomes: {
      ...noOperator,
      assigned: ofColleagues,
      colleague: ofColleagues,
      admin: ofColleagues,
      stranger: {},
    },
    body: ({ newId, target }: bodies.BodyFacts) => ({ ...bodies.newFile(newId()), conversationId: target }),
  },
  readUpload: { ...ofUpload, outcomes: theirs.operator },
  sendPart: { ...ofUpload, outcomes: theirs.operator, body: bodies.threeBytes },
  finishUpload: { ...ofUpload, outcomes: unfinished.operator, body: bodies.anyChecksum },
  removeUpload: { ...ofUpload, outcomes: theirs.operator },
  linkFiles: {
    target: 'none',
    outcomes: { ...noOperator, assigned: 'ok', colleague: 'ok', admin: 'ok', stranger: 'ok' },
    body: bodies.anyFile,
  },
  startMyUpload: {
    target: 'widget',
    unknown: 'widget.unknown',
    outcomes: { ...noContact, contact: ofColleagues, otherContact: ofColleagues, foreignContact: {} },
    body: ({ newId, target }: bodies.BodyFacts) => ({ ...bodies.newFile(newId()), widgetKey: target }),
  },
  readMyUpload: { ...ofMyUpload, outcomes: theirs.contact },
  sendMyPart: { ...ofMyUpload, outcomes: theirs.contact, body: bodies.threeBytes },
  finishMyUpload: { ...ofMyUpload, outcomes: unfinished.contact, body: bodies.anyChecksum },
  removeMyUpload: { ...ofMyUpload, outcomes: theirs.contact },
  linkMyFiles: {
    target: 'none',
    outcomes: { ...noContact, contact: 'ok', otherContact: 'ok', foreignContact: 'ok' },
    body: bodies.anyFile,
  },
  readFile: {
    target: 'file',
    unknown: 'file.unknown',
    outcomes: {
      anyone: anywhere,
      ended: anywhere,
      assigned: anywhere,
      colleague: anywhere,
      admin: anywhere,
      stranger: anywhere,
      contact: anywhere,
      otherContact: anywhere,
      foreignContact: anywhere,
    },
  },
  readFileSettings: { target: 'none', outcomes: adminsOnly },
  updateFileSettings: {
    target: 'none',
    outcomes: adminsOnly,
    body: () => ({ keepsPictureData: false }),
  },
} as const
