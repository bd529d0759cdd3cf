import { expect, test } from 'vitest'
// For the fact it declares.
import type {} from '../slices/operators/news.ts'
import { createLog } from './log.ts'
import { createTell } from './reactions.ts'
import { type AllPorts, createOrder, defineSlice, type Opened } from './slice.ts'

const ports = { log: createLog({ level: 'silent' }), epoch: 'e' } as Partial<AllPorts> as AllPorts

const bells = defineSlice()({
  name: 'bells',
  open: ({ epoch }) => ({ gives: { ring: (times: number) => `${epoch}${'!'.repeat(times)}` } }),
})
const doors = defineSlice<{ ring: (times: number) => string }>()({
  name: 'doors',
  open: ({ ring }) => ({ sweeps: [{ text: ring(2) }] }),
})

test('a slice is handed what the platform and those before it give', () => {
  const opened: Opened<object>[] = []
  createOrder()
    .add(bells)
    .add(doors)
    .open(ports, (slice) => opened.push(slice))
  expect(opened.map(({ sweeps }) => sweeps)).toEqual([undefined, [{ text: 'e!!' }]])
})

test('two that give the same are refused, as the second would take the place of the first', () => {
  const order = createOrder().add(bells).add(bells)
  expect(() => order.open(ports, () => undefined)).toThrow('bells gives "ring"')
})

test('at a place where it does not get what it needs, a slice does not compile', () => {
  // @ts-expect-error `ring` is given by nobody before it
  const wrong = createOrder().add(doors).add(bells)
  expect(wrong.all.map(({ name }) => name)).toEqual(['doors', 'bells'])
  const mute = defineSlice()({
    name: 'mute',
    open({ changes, config }) {
      // @ts-expect-error it says that it tells screens of nothing
      const tell = () => changes.publish({ what: 'drafts', to: 'operators', organizationId: 'o' })
      // @ts-expect-error and that it reads no setting
      const read = () => config.port
      return { gives: { tell, read } }
    },
  })
  expect(mute).toMatchObject({ tells: [], settings: [] })
})

test('what is done is told to one slice after the other; the first begins at once, and who fails is heard of', async () => {
  const said: string[] = []
  const tell = createTell([
    {},
    { 'operator.log_in_failed': async ({ operatorId }) => void said.push(`first ${operatorId}`) },
    { 'operator.log_in_failed': () => void said.push('second') },
    { 'operator.log_in_failed': () => Promise.reject(new Error('no')) },
  ])
  const telling = tell('operator.log_in_failed', { organizationId: 'o', operatorId: 'a' })
  expect(said).toEqual(['first a'])
  await expect(telling).rejects.toThrow('no')
  expect(said).toEqual(['first a', 'second'])
})
