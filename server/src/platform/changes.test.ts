import { expect, test } from 'vitest'
// For the changes it declares.
import type {} from '../slices/operators/news.ts'
import type { Bus, Notice } from './bus/bus.ts'
import { type Change, createChanges } from './changes.ts'

/** Two processes: each hears its own with what it has at hand, and of the other what can be written. */
function twoBuses(): [Bus, Bus] {
  const listeners: ((topic: string, notice: Notice, own: unknown) => void)[] = []
  const bus = (self: number): Bus => ({
    publish(topic, notice, own) {
      const sent = JSON.parse(JSON.stringify(notice)) as Notice
      for (const [index, listener] of listeners.entries())
        if (index % 2 === self) listener(topic, notice, own)
        else listener(topic, sent, undefined)
    },
    subscribe(topic, listener) {
      while (listeners.length % 2 !== self) listeners.push(() => undefined)
      listeners.push((of, notice, own) => of === topic && listener(notice, own))
      return () => undefined
    },
    onMissed: () => () => undefined,
    close: async () => undefined,
  })
  return [bus(0), bus(1)]
}

test('a change is the same in every process, whomever it is for and whatever is told with it', () => {
  const [here, there] = twoBuses().map(createChanges)
  const heard: [Change[], Change[]] = [[], []]
  here?.onAny((change) => heard[0].push(change))
  there?.onAny((change) => heard[1].push(change))
  const told: Change[] = [
    { what: 'operators', to: 'operators', organizationId: 'o', id: 'ann', version: 3 },
    { what: 'me', to: { operatorId: 'ann' }, organizationId: 'o' },
    { what: 'notifications', to: { groupId: 'g' }, organizationId: 'o' },
    { what: 'widgets', to: 'processes', organizationId: 'o' },
    { what: 'session.ended', to: 'processes', organizationId: 'o', id: 's', renewed: true },
  ]
  for (const change of told) here?.publish(change)
  expect(heard[0]).toEqual(told)
  expect(heard[1]).toEqual(told)
})

test('whoever listens for one thing hears of nothing else, and whether it was told here', () => {
  const [here, there] = twoBuses().map(createChanges)
  const heard: unknown[] = []
  here?.on('session.ended', ({ id }, isOwn) => heard.push(['here', id, isOwn]))
  there?.on('session.ended', ({ id }, isOwn) => heard.push(['there', id, isOwn]))
  here?.publish({ what: 'sample', to: 'operators', organizationId: 'o' })
  here?.publish({ what: 'session.ended', to: 'processes', organizationId: 'o', id: 's' })
  expect(heard).toEqual([
    ['here', 's', true],
    ['there', 's', false],
  ])
})
