import { expect, test } from 'vitest'
import { assigned } from './assigned.ts'
import { blocked } from './blocked.ts'
import { bodyForContact, isForContacts } from './for-contacts.ts'
import { groupAssigned } from './group-assigned.ts'
import type { AnyBody } from './kind.ts'
import { liveEnded } from './live-ended.ts'
import { message } from './message.ts'
import { note } from './note.ts'
import { opened } from './opened.ts'

const someone = '7b0c7e0a-61a0-4d2e-9b2f-0f4a3f7d0001'
const told = (body: AnyBody | null, kind = 'event') => bodyForContact({ kind, body })
const unassigned = { v: 1, event: 'unassigned' }

test('contacts hear of who comes to them, and not of what colleagues do among themselves', () => {
  const who = { operatorId: someone, operatorName: 'Ann' }
  const joined = { v: 1, event: 'assigned', ...who }
  expect(told(assigned.body({ ...who, reason: 'joined', fromId: someone }))).toEqual(joined)
  expect(told(assigned.body({ ...who, reason: 'handed', fromId: someone }))).toEqual(unassigned)
  expect(told(groupAssigned.body({ groupId: someone, groupName: 'Returns' }))).toEqual(unassigned)
  expect(told(opened.body({}))).toEqual({ v: 1, event: 'unknown' })
  expect(told(note.body({ edited: true }), 'note')).toEqual({ v: 1, event: 'unknown' })
  expect(told(message.body({ proven: true }), 'message')).toBe(null)
})

test('of why it is not live any more they hear only that the operator had to go', () => {
  const gone = { v: 1, event: 'live_ended', reason: 'operator_gone' }
  expect(told(liveEnded.body({ reason: 'operator_gone' }))).toEqual(gone)
  for (const reason of ['silence', 'contact_gone', 'by_hand'] as const)
    expect(told(liveEnded.body({ reason }))).toEqual({ v: 1, event: 'live_ended' })
})

test('what an operator writes as a reason is never told, and never taken for what another kind means by the word', () => {
  const until = '2031-05-01T08:00:00.000Z'
  expect(told(blocked.body({ until, reason: 'handed' }))).toEqual({ v: 1, event: 'blocked', until })
})

test('nothing passes that no kind names, whatever a newer version adds', () => {
  expect(told({ v: 1, event: 'ended', silently: true })).toEqual({ v: 1, event: 'ended' })
  for (const body of [{ v: 1, event: 'teleported', to: 'Mars' }, { v: 2, event: 'ended' }, null]) {
    expect(isForContacts({ kind: 'event', body })).toBe(false)
    expect(told(body)).toEqual(body && { v: 1, event: 'unknown' })
  }
  // A body says what its entry is in the part of the log that it is for.
  expect(isForContacts({ kind: 'note', body: { v: 1, event: 'ended' } })).toBe(false)
})
