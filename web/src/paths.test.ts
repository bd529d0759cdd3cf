import { describe, expect, test } from 'vitest'
import { paths } from './paths.ts'
import { readFilter } from './screens/conversations/paths.ts'

describe('paths', () => {
  test('name what is seen', () => {
    expect(paths.inbox()).toBe('/inbox')
    expect(paths.inboxConversation('7d5c')).toBe('/inbox/7d5c')
    expect(paths.conversations({})).toBe('/conversations')
    expect(paths.conversations({ state: 'ended', search: 'blue & red' })).toBe(
      '/conversations?state=ended&search=blue+%26+red',
    )
    expect(paths.conversation('7d5c', { search: 'é' })).toBe('/conversations/7d5c?search=%C3%A9')
    expect(paths.found('7d5c', { search: 'é' }, 12)).toBe('/conversations/7d5c?search=%C3%A9&at=12')
    expect(paths.settings('sample-data')).toBe('/settings/sample-data')
  })

  test('never let an id leave its place', () => {
    expect(paths.inboxConversation('../settings?x#y')).toBe('/inbox/..%2Fsettings%3Fx%23y')
  })
})

describe('readFilter', () => {
  test('reads what the path builder wrote', () => {
    const filter = { state: 'ended', search: 'blue & red' } as const
    const query = new URL(paths.conversations(filter), 'http://localhost').searchParams
    expect(readFilter(Object.fromEntries(query))).toEqual(filter)
  })

  test('leaves out what it does not understand', () => {
    expect(readFilter({ state: 'lost', search: '  ' })).toEqual({})
    expect(readFilter({ search: 42, other: 1 })).toEqual({ search: '42' })
  })
})
