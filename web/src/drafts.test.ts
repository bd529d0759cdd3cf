import { ApiFailure } from '@foyer/client/api.ts'
import type { Draft } from '@foyer/contract/drafts.ts'
import { isSameRichText } from '@foyer/contract/rich-text/clean.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDrafts, type Drafts, merged } from './drafts.ts'

/** What the server keeps of one person, by the rule it has: only who saw the newest version changes it. */
function keeper() {
  const rows = new Map<string, Draft>()
  let version = 0
  const server = {
    rows,
    away: false,
    writes: 0,
    list: async () => {
      if (server.away) throw new ApiFailure({ code: 'network', status: 0 })
      return [...rows.values()]
    },
    save: async ({
      from,
      content = null,
      ...rest
    }: Omit<Draft, 'version' | 'content'> & { content?: RichText | null | undefined; from: number }) => {
      if (server.away) throw new ApiFailure({ code: 'network', status: 0 })
      server.writes++
      const given = { ...rest, content }
      const key = given.kind + given.conversationId
      const known = rows.get(key)
      if (
        known &&
        known.version !== from &&
        (known.text !== given.text || !isSameRichText(known.content ?? undefined, content ?? undefined))
      )
        return { draft: known, taken: false }
      rows.delete(key)
      const draft = given.text === '' ? null : { ...given, version: ++version }
      if (draft) rows.set(key, draft)
      return { draft, taken: true }
    },
  }
  return server
}

/** A browser's storage, whose tabs hear of each other's changes. */
function browser(server: ReturnType<typeof keeper>) {
  const kept = new Map<string, string>()
  const tabs: Drafts[] = []
  function tab(): Drafts {
    const tell = (name: string) => {
      for (const other of tabs) if (other !== made) other.kept(name)
    }
    const made: Drafts = createDrafts({
      meId: 'me',
      list: server.list,
      save: server.save,
      storage: {
        get length() {
          return kept.size
        },
        key: (index) => [...kept.keys()][index] ?? null,
        getItem: (name) => kept.get(name) ?? null,
        setItem(name, value) {
          kept.set(name, value)
          tell(name)
        },
        removeItem(name) {
          kept.delete(name)
          tell(name)
        },
      },
    })
    tabs.push(made)
    open.push(made)
    return made
  }
  return { tab, kept }
}

const open: Drafts[] = []
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  for (const one of open.splice(0)) one.stop()
  vi.useRealTimers()
})
const rest = (ms = 3_000) => vi.advanceTimersByTimeAsync(ms)

test('what is typed is kept at once here, soon on the server, and found by another device', async () => {
  const server = keeper()
  const desk = browser(server)
  const first = desk.tab()
  for (const text of ['D', 'De', 'Dear']) first.write('c', 'message', { text })
  expect(desk.tab().saying('c', 'message').text).toBe('Dear')
  expect(server.writes).toBe(0)
  await rest()
  expect(server.writes).toBe(1)
  const phone = browser(server).tab()
  phone.wake()
  await rest()
  expect(phone.saying('c', 'message').text).toBe('Dear')
})

test('a draft that is sent or cleared is gone in all tabs at once and on other devices with the next look', async () => {
  const server = keeper()
  const desk = browser(server)
  const [a, b] = [desk.tab(), desk.tab()]
  const phone = browser(server).tab()
  a.write('c', 'message', { text: 'Dear Claire' })
  await rest()
  phone.wake()
  await rest()
  expect([b.saying('c', 'message').text, phone.saying('c', 'message').text]).toEqual([
    'Dear Claire',
    'Dear Claire',
  ])
  a.write('c', 'message', { text: '' })
  expect(b.saying('c', 'message').text).toBe('')
  await rest()
  phone.changed(99)
  await rest()
  expect(phone.saying('c', 'message').text).toBe('')
  expect(desk.kept.size).toBe(0)
  expect(server.rows.size).toBe(0)
})

test('what was written without a line is saved when it is back, by whichever tab is left', async () => {
  const server = keeper()
  server.away = true
  const desk = browser(server)
  desk.tab().write('c', 'note', { text: 'Offline' })
  await rest()
  open.splice(0)[0]?.stop()
  server.away = false
  const again = desk.tab()
  again.wake()
  await rest()
  expect([...server.rows.values()]).toMatchObject([{ kind: 'note', text: 'Offline' }])
})

test('texts begun on two devices are both there in the end, the same on both', async () => {
  const server = keeper()
  const [desk, phone] = [browser(server).tab(), browser(server).tab()]
  desk.write('c', 'message', { text: 'From the desk' })
  phone.write('c', 'message', { text: 'From the phone' })
  await rest()
  desk.changed(99)
  await rest()
  expect(desk.saying('c', 'message').text).toBe('From the desk\nFrom the phone')
  expect(phone.saying('c', 'message').text).toBe('From the desk\nFrom the phone')
})

test('what is typed while the answer is on its way stays, and is saved after it', async () => {
  const server = keeper()
  const tab = browser(server).tab()
  tab.write('c', 'message', { text: 'Dear' })
  await vi.advanceTimersByTimeAsync(1_000)
  tab.write('c', 'message', { text: 'Dear Claire' })
  await rest()
  expect(tab.saying('c', 'message').text).toBe('Dear Claire')
  expect([...server.rows.values()]).toMatchObject([{ text: 'Dear Claire' }])
})

test('a list that was asked for before a keystroke does not take the keystroke back', async () => {
  const server = keeper()
  const tab = browser(server).tab()
  tab.write('c', 'message', { text: 'Dear' })
  await rest()
  tab.wake()
  tab.write('c', 'message', { text: 'Dear C' })
  await rest()
  expect(tab.saying('c', 'message').text).toBe('Dear C')
})

test('what earlier builds kept is taken over; what is no draft is left alone', async () => {
  const server = keeper()
  const desk = browser(server)
  desk.kept.set('foyer:draft:me:c', '"Kept long ago"')
  desk.kept.set('foyer:draft:other:c', '"Not mine"')
  desk.kept.set('foyer:draft:me:d', '{broken')
  const tab = desk.tab()
  expect([tab.saying('c', 'message').text, tab.saying('d', 'message').text]).toEqual(['Kept long ago', ''])
  tab.wake()
  await rest()
  expect(server.rows.size).toBe(1)
})

test('formatting is kept as the text is: on other devices, over a reload, and where it alone is changed', async () => {
  const server = keeper()
  const desk = browser(server)
  const bold = { text: 'Dear', content: formatted('Dear') }
  desk.tab().write('c', 'message', { text: 'Dear' })
  await rest()
  desk.tab().write('c', 'message', bold)
  expect(desk.tab().saying('c', 'message')).toMatchObject(bold)
  await rest()
  const phone = browser(server).tab()
  phone.wake()
  await rest()
  expect(phone.saying('c', 'message')).toMatchObject(bold)
  phone.write('c', 'message', { text: 'Dear' })
  await rest()
  expect([...server.rows.values()]).toMatchObject([{ text: 'Dear', content: null }])
})

const formatted = (text: string): RichText => [{ type: 'paragraph', runs: [{ text, bold: true }] }]

test('merging drops no text, and no formatting', () => {
  const theirs = (text: string, content: RichText | null = null) => ({ text, content, version: 7 })
  const kept = (text: string, dirty: boolean) => ({ text, version: 7, dirty })
  expect(merged({ text: 'Dear Claire' }, theirs('Dear'))).toEqual(kept('Dear Claire', true))
  expect(merged({ text: 'Dear' }, theirs('Dear Claire'))).toEqual(kept('Dear Claire', false))
  expect(merged({ text: 'Dear' }, theirs('Dear'))).toEqual(kept('Dear', false))
  expect(merged({ text: '' }, theirs('Dear'))).toEqual(kept('Dear', false))
  expect(merged({ text: 'B' }, theirs('A'))).toEqual(kept('A\nB', true))
  const content = formatted('A')
  expect(merged({ text: 'A', content }, theirs('A'))).toEqual({ ...kept('A', true), content })
  expect(merged({ text: 'A' }, theirs('A and B', formatted('A and B')))).toEqual({
    ...kept('A and B', false),
    content: formatted('A and B'),
  })
  expect(merged({ text: 'B' }, theirs('A', content))).toEqual({
    ...kept('A\nB', true),
    content: [...content, { type: 'paragraph', runs: [{ text: 'B' }] }],
  })
})
