import type { Head } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { expect, test } from 'vitest'
import { isGroupAlike } from './group-alike.ts'
import type { Block, Message } from './timeline.ts'

type Group = Extract<Block, { kind: 'messages' }>

const entry = { id: 'a', text: 'Is it on its way?' } as Entry
const message: Message = {
  id: 'a',
  at: 0,
  text: 'Is it on its way?',
  content: undefined,
  files: [],
  progress: 'sent',
  proven: false,
  item: null,
  entry,
}
const block: Group = {
  kind: 'messages',
  key: 'a',
  side: 'operator',
  authorId: 'anna',
  automatic: false,
  messages: [message],
}
const head = { id: 'c', n: 1, readByContact: 0, assigneeId: 'anna', contact: { id: 'x', name: null } } as Head
const props = { block, head, isLast: true }

test('[N2] a group is drawn once for all that moves a head and not it', () => {
  const moved = { ...head, n: 2, readByContact: 1, lastAt: '2026-11-29T12:00:00Z', unread: 3 }
  expect(
    isGroupAlike(props, { ...props, head: moved, block: { ...block, messages: [{ ...message }] } }),
  ).toBe(true)
})

test('[N2] a group is drawn anew when what it shows is not the same', () => {
  const withMessage = (change: Partial<Message>) => ({
    ...props,
    block: { ...block, messages: [{ ...message, ...change }] },
  })
  const changes = {
    progress: withMessage({ progress: 'read' }),
    entry: withMessage({ entry: { ...entry, marks: { reactions: [] } } }),
    more: { ...props, block: { ...block, messages: [message, { ...message, id: 'b' }] } },
    last: { ...props, isLast: false },
    assignee: { ...props, head: { ...head, assigneeId: 'ben' } },
    name: { ...props, head: { ...head, contact: { ...head.contact, name: 'Ida' } } },
  }
  for (const [what, changed] of Object.entries(changes))
    expect(isGroupAlike(props, changed), what).toBe(false)
})
