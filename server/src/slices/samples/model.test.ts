import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sampleContacts } from './content.ts'
import { type Cast, judge, play, stage } from './model.ts'

const now = Date.parse('2026-03-14T09:30:00.000Z')
const person = (name: string) => ({ id: randomUUID(), name })
const cast: Cast = {
  organizationId: randomUUID(),
  conversationId: randomUUID(),
  contactId: randomUUID(),
  identityId: randomUUID(),
  widgetId: randomUUID(),
  operators: {
    me: person('Olga'),
    amelie: person('Amélie'),
    jonas: person('Jonas Weidner'),
    priya: person('Priya'),
    tom: person('Tom Ashworth'),
  },
}

describe('asking for sample data', () => {
  test.each([
    ['absent', false, 'create', 'start'],
    ['present', false, 'create', 'nothing'],
    ['creating', true, 'create', 'sample.working'],
    ['removing', true, 'create', 'sample.working'],
    ['creating', false, 'create', 'sample.working'],
    ['absent', false, 'remove', 'nothing'],
    ['present', false, 'remove', 'start'],
    ['creating', true, 'remove', 'sample.working'],
    ['removing', true, 'remove', 'sample.working'],
    // Whoever was at work on it has given up.
    ['creating', false, 'remove', 'start'],
    ['removing', false, 'remove', 'start'],
  ] as const)('while %s (at work: %s), to %s it: %s', (state, isWorkedOn, asked, verdict) => {
    expect(judge({ state, isWorkedOn }, asked)).toBe(verdict)
  })
})

describe('the scripts', () => {
  const scripts = sampleContacts.flatMap((contact) => contact.scripts)
  const played = scripts.map((script) => play(stage(script, cast, now), cast, randomUUID))

  test('make a believable lot', () => {
    expect(sampleContacts.length).toBeGreaterThanOrEqual(40)
    expect(scripts.length).toBeGreaterThanOrEqual(55)
    expect(Math.max(...played.map(({ entries }) => entries.length))).toBeGreaterThan(400)
    expect(new Set(sampleContacts.map(({ locale }) => locale))).toEqual(new Set(['en', 'fr', 'de']))
  })

  test('come to every state, with and without an assignee', () => {
    const places = new Set(played.map(({ head }) => `${head.state} ${whose(head.assignee_id)}`))
    for (const place of ['new nobody', 'new mine', 'open mine', 'pending mine', 'ended mine'])
      expect(places).toContain(place)
    for (const place of ['open nobody', 'open another', 'pending another', 'ended another'])
      expect(places).toContain(place)
    const mine = played.filter(({ head }) => whose(head.assignee_id) === 'mine' && head.state !== 'ended')
    expect(mine.some(({ head }) => head.unread_operator > 0)).toBe(true)
    expect(mine.some(({ head }) => head.state === 'open' && head.unread_operator === 0)).toBe(true)
    expect(played.some(({ head }) => head.unread_contact > 0)).toBe(true)
  })

  test('end when they say, in the order they were lived, and never in the future', () => {
    for (const script of scripts) {
      const times = stage(script, cast, now).map(({ at }) => at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times.at(-1)).toBe(now - script.ago * 60_000)
    }
  })

  function whose(assigneeId: string | null): string {
    if (assigneeId === null) return 'nobody'
    return assigneeId === cast.operators.me.id ? 'mine' : 'another'
  }
})
