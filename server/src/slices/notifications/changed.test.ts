import { expect, test } from 'vitest'
import type { EntryRow, HeadRow } from '../conversations/shapes.ts'
import { concernedBy, signOf } from './model.ts'

const head = { assignee_id: 'ann', group_id: null, live_since: null } as HeadRow
const before = { assigneeId: 'ann', live: false }
const said = {
  seq: 1,
  changed_seq: 1,
  kind: 'message',
  actor_kind: 'contact',
  actor_id: null,
  body: null,
  marks: null,
} as EntryRow

test('[X2] what becomes of a message that was said makes no sign; the message did', () => {
  expect(signOf({ before, head, entries: [said] })?.kind).toBe('new')
  const marks = { reactions: [] }
  expect(signOf({ before, head, entries: [{ ...said, changed_seq: 2, marks }] })).toBe(null)
})

test('[D1] that its contact wants it erased concerns whoever has the conversation', () => {
  const marks = { erasure: { askedAt: '2026-01-01T00:00:00.000Z' } }
  const asked = { ...said, changed_seq: 2, marks }
  expect(concernedBy({ head, entries: [asked] }).operatorIds).toEqual(['ann'])
  expect(concernedBy({ head: { ...head, assignee_id: null }, entries: [asked] }).operatorIds).toEqual([])
})
