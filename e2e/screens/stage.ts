import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Api, createApi } from '@foyer/client/api.ts'
import { newId } from '@foyer/client/ids.ts'
import {
  assignConversation,
  assignGroup,
  endConversation,
  type Head,
  listConversations,
  sendMessage,
} from '@foyer/contract/conversations.ts'
import { listOperators, setAvailability, setPicture, updateMe } from '@foyer/contract/operators.ts'
import { createSample, readSample, setUp } from '@foyer/contract/organizations.ts'
import { listRoles } from '@foyer/contract/roles.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { logIn, readSession } from '@foyer/contract/sessions.ts'
import { acceptInvitation, invite, saveGroup } from '@foyer/contract/team.ts'
import { type Browser, type BrowserContext, devices } from 'playwright-core'
import { startServer } from '../world/server.ts'
import { keepMacros } from './kept-macros.ts'

export const owner = {
  organizationName: 'Morrow & Pine',
  ownerName: 'Olga Lindner',
  email: 'olga@morrow-pine.example',
  password: 'slow mornings, warm mugs',
}

/** What a conversation is looked up by, so that the screens name whom they show. */
export type Stage = AsyncDisposable & {
  readonly origin: string
  /** The one-time link, as printed. */
  readonly setupPath: string
  readonly api: Api
  /** Logs the browser in as the owner. */
  logIn(context: BrowserContext): Promise<void>
  setUp(): Promise<void>
  fill(): Promise<void>
  speak(locale: Locale): Promise<void>
  /** The conversation of a contact, by a part of their name. */
  conversationOf(name: string): Head
  wordsOf(locale: Locale): Promise<Words>
}

export type Words = (key: string, values?: Readonly<Record<string, string>>) => string

/** A real server on a directory of its own, gone with the stage. */
export async function openStage(port: number): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'foyer-screens-'))
  const server = await startServer('screens', {
    DATA_DIR: join(dataDir, 'data'),
    PORT: `${port}`,
    LOG_LEVEL: 'warn',
  })
  const origin = `http://localhost:${server.port}`
  const link = new URL(server.setupLink() ?? origin)
  const cookies = new Map<string, string>()
  const api = createApi({
    base: origin,
    headers: () => ({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
  })
  let heads: Head[] = []

  /** Logs in, or sets up and by that logs in, from a device; answers the cookies. */
  async function enter(path: string, body: object, device: string): Promise<[string, string][]> {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-foyer': '1',
        'user-agent': devices[device]?.userAgent ?? '',
      },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${await response.text()}`)
    return response.headers.getSetCookie().map((line) => {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      return [name, value]
    })
  }

  return {
    origin,
    api,
    setupPath:
      new URL(server.setupLink() ?? `${origin}/setup`).pathname + new URL(server.setupLink() ?? origin).hash,
    async logIn(context) {
      const url = origin
      await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url, httpOnly: true })))
    },
    async setUp() {
      const token = link.hash.slice(1)
      const form = { ...owner, token, locale: 'en', sampleData: false }
      for (const [name, value] of await enter(setUp.path, form, 'Desktop Chrome')) cookies.set(name, value)
      const { email, password } = owner
      // Two more places where somebody is logged in.
      for (const device of ['iPhone 15', 'Desktop Firefox'])
        await enter(logIn.path, { email, password }, device)
    },
    async fill() {
      await api.call(setAvailability, { body: { online: true } })
      const face = new Blob([await readFile(new URL('../world/face.png', import.meta.url))], {
        type: 'image/png',
      })
      await api.request(setPicture.method, setPicture.path, { body: face })
      await api.call(updateMe, {
        body: { languages: ['de', 'en', 'fr'], signature: 'Olga Lindner\nMorrow & Pine' },
      })
      await api.call(createSample)
      while ((await api.call(readSample)).state !== 'present')
        await new Promise((resolve) => setTimeout(resolve, 100))
      heads = (await api.call(listConversations, { query: { list: 'all', limit: 100 } })).items
      await hire(api, origin)
      await giveToGroups(api, heads)
      await keepMacros(api)
    },
    async speak(locale) {
      await api.call(updateMe, { body: { locale } })
    },
    conversationOf(name) {
      const head = heads.find(({ contact }) => contact.name?.includes(name))
      if (!head) throw new Error(`The sample data has nobody called ${name}.`)
      return head
    },
    async wordsOf(locale) {
      const file = (part: string) => new URL(`../../locales/${locale}/${part}.json`, import.meta.url)
      const read = async (part: string) =>
        JSON.parse(await readFile(file(part), 'utf8')) as Record<string, string>
      const words = { ...(await read('web')), ...(await read('messenger')) }
      return (key, values = {}) =>
        Object.entries(values).reduce(
          (text, [name, value]) => text.replace(`{${name}}`, value),
          words[key] ?? key,
        )
    },
    async [Symbol.asyncDispose]() {
      await server.stop('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A colleague, who is not there, and one who is still invited. */
async function hire(api: Api, base: string): Promise<void> {
  const role = (await api.call(listRoles)).items.find(({ kind }) => kind === 'operator')
  if (!role) throw new Error('There is no role for operators.')
  const { token } = await api.call(invite, { body: { id: newId(), roleId: role.id } })
  const account = {
    name: 'Nina Albrecht',
    email: 'nina@morrow-pine.example',
    password: owner.password,
    locale: 'de' as const,
  }
  await createApi({ base }).call(acceptInvitation, { body: { token, ...account } })
  await api.call(invite, { body: { id: newId(), roleId: role.id, email: 'joao@morrow-pine.example' } })
}

/** Two groups; of three conversations that nobody has, two are given to one. */
async function giveToGroups(api: Api, heads: readonly Head[]): Promise<void> {
  const nina = (await api.call(listOperators)).items.find(({ name }) => name === 'Nina Albrecht')
  const groups = ['Workshop', 'Orders'].map((name) => ({ id: newId(), name }))
  for (const group of groups)
    await api.call(saveGroup, { body: { ...group, memberIds: nina ? [nina.id] : [] } })
  const waiting = heads.filter(({ assigneeId, state }) => assigneeId === null && state !== 'ended')
  for (const [index, { id }] of waiting.entries()) {
    const group = groups[index % 3]
    const params = { conversationId: id }
    if (group) await api.call(assignGroup, { params, body: { id: newId(), groupId: group.id } })
  }
}

/** What a browser keeps of a contact, to come back with. */
export type Visitor = Awaited<ReturnType<BrowserContext['storageState']>>

const talks: Readonly<
  Record<Locale, readonly [first: string, answer: string, second: string, last: string]>
> = {
  en: [
    'Hello! Are the Stillwater mugs heavy? They are for my grandmother.',
    'Hello! They weigh 340 g. The handle takes three fingers, which helps a lot.',
    'That sounds good. Can I send them back if they are too heavy after all?',
    'Of course, for thirty days, and we pay the postage: https://morrow-pine.example/returns',
  ],
  fr: [
    'Bonjour ! Les mugs Stillwater sont-ils lourds ? C’est pour ma grand-mère.',
    'Bonjour ! Ils pèsent 340 g. L’anse se tient à trois doigts, cela aide beaucoup.',
    'Très bien. Puis-je les renvoyer s’ils sont malgré tout trop lourds ?',
    'Bien sûr, pendant trente jours, et le port est pour nous : https://morrow-pine.example/returns',
  ],
  de: [
    'Hallo! Sind die Stillwater-Becher schwer? Sie sind für meine Großmutter.',
    'Guten Tag! Sie wiegen 340 g. Der Henkel fasst drei Finger, das hilft sehr.',
    'Das klingt gut. Kann ich sie zurückschicken, wenn sie doch zu schwer sind?',
    'Natürlich, dreißig Tage lang, und das Porto zahlen wir: https://morrow-pine.example/returns',
  ],
}

/** A contact who has talked with the shop and left; the last answer came after that. */
export async function talk(
  stage: Stage,
  browser: Browser,
  options: { locale: Locale; ended: boolean },
): Promise<Visitor> {
  const { api, origin } = stage
  const words = await stage.wordsOf(options.locale)
  const [first, answer, second, last] = talks[options.locale]
  const context = await browser.newContext({ locale: options.locale })
  await speakOnDemo(context, options.locale)
  const page = await context.newPage()
  await page.goto(`${origin}/demo/`)
  await page.getByRole('button', { name: words('launcher.open'), exact: true }).click()
  const frame = page.frameLocator('foyer-messenger iframe')
  const write = async (text: string) => {
    await frame.getByRole('textbox', { name: words('composer.label'), exact: true }).fill(text)
    await page.keyboard.press('Enter')
    await frame.getByRole('log').getByText(text).waitFor()
  }
  await write(first)
  const { id: conversationId, assigneeId } = await newest(api, first)
  const params = { conversationId }
  const { id: operatorId } = await api.call(readSession)
  // Whoever is at the desk is given it without being asked.
  if (assigneeId !== operatorId)
    await api.call(assignConversation, { params, body: { id: newId(), operatorId, from: assigneeId } })
  await api.call(sendMessage, { params, body: { id: newId(), text: answer } })
  await frame.getByRole('log').getByText(answer).waitFor()
  await write(second)
  await newest(api, second)
  const visitor = await context.storageState()
  await context.close()
  await api.call(sendMessage, { params, body: { id: newId(), text: last } })
  if (options.ended) await api.call(endConversation, { params, body: { id: newId() } })
  return visitor
}

/** Waits for a message to have arrived. */
async function newest(api: Api, text: string): Promise<Head> {
  for (;;) {
    const { items } = await api.call(listConversations, { query: { list: 'all', limit: 5 } })
    const found = items.find(({ preview }) => preview?.text === text)
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The demo speaks English; for the pictures its messenger speaks what the browser does, as a site can ask for. */
export async function speakOnDemo(context: BrowserContext, locale: Locale): Promise<void> {
  await context.route('**/demo/', async (route) => {
    const response = await route.fetch()
    const body = (await response.text())
      .replace('<html lang="en">', `<html lang="${locale}">`)
      .replace('data-widget=', `data-locale="${locale}" data-widget=`)
    await route.fulfill({ response, body })
  })
}
