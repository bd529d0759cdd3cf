// What well-formed requests carry, where it does not matter what.

/** A group or a skill without members, under a name of its own. */
export const newCircle = ({ newId }: { newId: () => string }) => ({
  id: newId(),
  name: newId(),
  memberIds: [],
})

/** All that an update of a widget says, but for its id. */
export const plainWidget = {
  name: 'Website',
  locale: 'en',
  color: '#3b5bdb',
  allowedSites: [],
  routing: 'everyone',
  groupId: null,
  operatorId: null,
  skillIds: [],
  groupIds: [],
  liveMinutes: 10,
  hours: null,
  texts: { welcome: {}, away: {}, waiting: {}, silent: {} },
  privacy: null,
  mailMinutes: 10,
  waitingMinutes: null,
  silentMinutes: null,
} as const

type NewId = { newId: () => string }
export const onMessage = ({ newId }: NewId) => ({ messageId: newId() })
export const erasure = ({ newId }: NewId) => ({ messageId: newId(), granted: true })
export const reaction = ({ newId }: NewId) => ({ messageId: newId(), emoji: '👍', on: true })

export const newDraft = () => ({ kind: 'message', text: 'Not sent yet', from: 0 })

/** A macro of the caller's own. */
export const newMacro = ({ newId }: { newId: () => string }) => ({
  id: newId(),
  name: 'Greeting',
  shortcut: null,
  key: null,
  folder: null,
  audience: 'me',
  groupId: null,
  versions: { en: { text: 'Hello' } },
  from: 0,
})
export const macroFile = () => Buffer.from('name,text_en\r\nGreeting,Hello\r\n')

export const onlyId = ({ newId }: { newId: () => string }) => ({ id: newId() })
/** The smallest PNG there is. */
export const picture = () =>
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
export const newFile = (id: string) => ({ id, name: 'a.bin', bytes: 3 })
export const threeBytes = () => Buffer.from('abc')
export const anyChecksum = () => ({ sha256: '0'.repeat(64) })
export const anyFile = () => ({ ids: ['00000000-0000-4000-8000-000000000000'], variant: 'shown' })
export const block = ({ newId }: { newId: () => string }) => ({ id: newId(), reason: 'Spam', until: null })
export const newInstallation = () => ({
  token: 'a guess',
  organizationName: 'Another',
  ownerName: 'Mallory',
  email: 'mallory@example.com',
  password: 'long enough',
  locale: 'en',
  sampleData: false,
})
export const guess = () => ({ token: 'a guess' })
export const address = () => ({ email: 'anna@example.com' })
export const acceptance = ({ newId }: { newId: () => string }) => ({
  token: 'a guess',
  name: 'Mallory',
  email: `${newId()}@example.com`,
  password: 'long enough',
  locale: 'en',
})

/** What a body may be made of. */
export type BodyFacts = {
  newId: () => string
  /** What stands in the body instead of the path. */
  target: string
  widgetKey: string
  widgetId: string
  assigneeId: string | null
  /** A group of the first organization. */
  groupId: string
  /** The role of its operators. */
  roleId: string
  /** An operator of the first organization who is no caller. */
  spare: { id: string; email: string; password: string }
}

export const anyRole = ({ roleId }: BodyFacts) => ({ roleId })
export const newInvitation = ({ newId, roleId }: BodyFacts) => ({ id: newId(), roleId })
export const newRole = ({ newId }: BodyFacts) => ({ id: newId(), name: newId(), rights: [] })
