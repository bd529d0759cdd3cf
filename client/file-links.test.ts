import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { serverNow } from './clock.ts'
import { createFileLinks, type LinkVariant } from './file-links.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A server that gives every file an address for ten minutes, but those it does not know, and small ones no thumbnail. */
function server() {
  const asked: string[] = []
  let round = 0
  const state = { isDown: false, unknown: new Set<string>(), small: new Set<string>() }
  const links = createFileLinks({
    ask: async (ids, variant: LinkVariant) => {
      asked.push(`${variant} ${ids}`)
      if (state.isDown) throw new Error('down')
      round++
      const known = ids.filter(
        (id) => !state.unknown.has(id) && !(variant === 'thumbnail' && state.small.has(id)),
      )
      const items = known.map((id) => ({ id, url: `/${variant}/${id}/${round}` }))
      return { items, until: new Date(serverNow() + 600_000).toISOString() }
    },
  })
  return { links, asked, state }
}
const settle = () => vi.advanceTimersByTimeAsync(100)

test('what is drawn together is asked for together, once', async () => {
  const { links, asked } = server()
  for (const id of ['a', 'b', 'c', 'a']) expect(links.get(id, 'thumbnail')).toEqual({ state: 'asking' })
  await settle()
  expect(asked).toEqual(['thumbnail a,b,c'])
  expect(links.get('b', 'thumbnail')).toEqual({ state: 'ready', url: '/thumbnail/b/1' })
  expect(links.get('b', 'thumbnail')).toBe(links.get('b', 'thumbnail'))
})

test('a small picture is its own thumbnail; what is not there for whoever looks is gone', async () => {
  const { links, state } = server()
  state.small.add('a').add('b')
  state.unknown.add('b')
  links.get('a', 'thumbnail')
  links.get('b', 'thumbnail')
  await settle()
  expect(links.get('a', 'thumbnail')).toEqual({ state: 'ready', url: '/shown/a/2' })
  expect(links.get('b', 'thumbnail')).toEqual({ state: 'gone' })
  expect(await links.fresh('b', 'saved')).toBe(null)
})

test('an address that ran out is asked for again; what cannot be read twice is gone, until there is another line', async () => {
  const { links } = server()
  links.get('a', 'shown')
  await settle()
  await vi.advanceTimersByTimeAsync(700_000)
  for (const round of [2, 3]) {
    links.failed('a', 'shown')
    await settle()
    expect(links.get('a', 'shown')).toEqual({ state: 'ready', url: `/shown/a/${round}` })
  }
  links.failed('a', 'shown')
  expect(links.get('a', 'shown')).toEqual({ state: 'gone' })
  links.renew()
  links.get('a', 'shown')
  await settle()
  expect(links.get('a', 'shown')).toEqual({ state: 'ready', url: '/shown/a/4' })
})

test('a fresh address is one that holds for a while yet', async () => {
  const { links, asked } = server()
  links.get('a', 'shown')
  await settle()
  expect(await links.fresh('a', 'shown')).toBe('/shown/a/1')
  await vi.advanceTimersByTimeAsync(560_000)
  expect(await links.fresh('a', 'shown')).toBe('/shown/a/2')
  expect(asked).toHaveLength(2)
})

test('without a line it is asked for until there is one', async () => {
  const { links, state } = server()
  state.isDown = true
  links.get('a', 'shown')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(links.get('a', 'shown')).toEqual({ state: 'asking' })
  state.isDown = false
  links.get('b', 'shown')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(links.get('a', 'shown').state).toBe('ready')
  expect(links.get('b', 'shown').state).toBe('ready')
})
