import type { Browser, BrowserContextOptions } from 'playwright-core'
import { test as base, expect, inject, type RunnerTestCase } from 'vitest'
import { hashPassword } from '../../server/src/platform/crypto.ts'
import { openDatabase } from '../../server/src/platform/db/database.ts'
import {
  type Build,
  type BuiltContact,
  type BuiltOperator,
  type BuiltOrganization,
  type BuiltWidget,
  createBuild,
} from '../../server/src/testing/build.ts'
import { openOwner } from '../../server/src/testing/database.ts'
import { type Mailbox, openMailbox } from '../../server/src/testing/mailbox.ts'
import { type BrowserKind, openBrowser, type Person, watch } from './browser.ts'
import { createDatabase } from './cluster.ts'
import { Desk } from './desk.ts'
import { type Installation, type Mode, startInstallation } from './installation.ts'
import { type Line, layLine } from './line.ts'
import { Messenger } from './messenger.ts'
import { openShop, type Shop, type ShopOptions } from './shop.ts'

export type Company = {
  organization: BuiltOrganization
  operators: BuiltOperator[]
  widget: BuiltWidget
}

/** Everything a test has at hand: an installation, its database, a browser, and people in front of it. */
export type Scene = {
  readonly mode: Mode
  readonly origin: string
  readonly build: Build
  readonly browser: Browser
  /** As the database's owner, who sees everything. */
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** An organization with operators of these names and a widget. */
  company(...names: string[]): Promise<Company>
  person(options?: BrowserContextOptions & { browser?: Browser }): Promise<Person>
  shop(options: Omit<ShopOptions, 'messenger'> & { messenger?: string }): Promise<Shop>
  line(): Promise<Line>
  /** An operator who is logged in, with the inbox before them. */
  desk(
    operator: BuiltOperator,
    options?: BrowserContextOptions & { at?: string; path?: string },
  ): Promise<Desk>
  /** Somebody on the shop of a company, who has not touched the messenger yet. */
  visitor(widget: BuiltWidget, options?: BrowserContextOptions & { at?: string }): Promise<Messenger>
  /** The same as somebody who has written before: the frame keeps their secret. */
  returning(widget: BuiltWidget, contact: BuiltContact): Promise<Messenger>
  /** From now on lines or servers are away on purpose. */
  expectOutage(): void
}

/** An installation that sends mail, and where it goes. */
export type Mailing = OwnInstallation & { mailbox: Mailbox }
export type OwnInstallation = { scene: Scene; installation: Installation }

/** Each test has an organization of its own; at its end nothing may have been complained about. */
export const test = base.extend<{
  browser: BrowserKind
  moving: boolean
  scene: Scene
  own: OwnInstallation
  mailing: Mailing
}>({
  browser: 'light',
  // People of a server in one process have asked for less motion, which is a third less for the machine to draw; those of
  // several see all of it. `true`: these people do in any case, for what is opened and closed in files looked at once.
  moving: false,
  scene: async ({ task, browser, moving }, use) => {
    const { origin, databaseUrl, mode } = inject('e2e')
    const port = Number(new URL(origin).port)
    await using opened = await openScene({ origin, databaseUrl, mode, port, browser, moving })
    await use(opened.scene)
    if (task.result?.state === 'fail') await opened.takePictures(task.name)
    opened.expectNoComplaints()
  },
  own: async ({ task }, use) => {
    await withOwn(task, null, use)
  },
  mailing: async ({ task }, use) => {
    await using mailbox = await openMailbox()
    const mail = { SMTP_URL: mailbox.url, MAIL_FROM: 'chat@shop.example' }
    await withOwn(task, mail, (own) => use({ ...own, mailbox }))
  },
})

async function withOwn(
  task: Readonly<RunnerTestCase>,
  mail: { SMTP_URL: string; MAIL_FROM: string } | null,
  use: (own: OwnInstallation) => Promise<void>,
): Promise<void> {
  const { mode, cluster } = inject('e2e')
  const installation = await startInstallation(mode, await createDatabase(cluster), mail)
  try {
    await using opened = await openScene({ ...installation, mode })
    await use({ scene: opened.scene, installation })
    if (task.result?.state === 'fail') await opened.takePictures(task.name)
    opened.expectNoComplaints()
  } finally {
    await installation.stop()
  }
}

type Opened = AsyncDisposable & {
  scene: Scene
  expectNoComplaints(): void
  /** Keeps what everybody had before them when a test failed. */
  takePictures(name: string): Promise<void>
}

type At = {
  origin: string
  databaseUrl: string
  mode: Mode
  port: number
  browser?: BrowserKind
  moving?: boolean
}

async function openScene(at: At): Promise<Opened> {
  const browser = await openBrowser(at.browser)
  const database = openDatabase({ url: at.databaseUrl, size: 2, onIdleError: () => undefined })
  const owner = openOwner(at.databaseUrl)
  const origins = new Set([at.origin, at.origin.replace('http', 'ws')])
  const people: Person[] = []
  const closing: (() => Promise<unknown>)[] = []
  let outage = false

  const scene: Scene = {
    mode: at.mode,
    origin: at.origin,
    browser,
    build: createBuild(database, hashPassword),
    sql: owner.ask,
    async company(...names) {
      const organization = await scene.build.organization()
      const operators: BuiltOperator[] = []
      for (const name of names)
        operators.push(await scene.build.operator({ organizationId: organization.id, name }))
      return {
        organization,
        operators,
        widget: await scene.build.widget({ organizationId: organization.id }),
      }
    },
    async person({ browser: other, ...options } = {}) {
      const context = await (other ?? browser).newContext({
        locale: 'en-US',
        // Wide enough for the panel beside what is open.
        viewport: { width: 1440, height: 800 },
        reducedMotion: at.moving || at.mode === 'many' ? 'no-preference' : 'reduce',
        ...options,
      })
      // Only ever used up where something is wrong; a busy machine takes its time.
      context.setDefaultTimeout(20_000)
      const complaints = await watch(context, (origin) => origins.has(origin))
      if (outage) complaints.expectOutage()
      const person = { context, page: await context.newPage(), complaints }
      people.push(person)
      return person
    },
    async shop(options) {
      const shop = await openShop({ messenger: at.origin, ...options })
      origins.add(shop.origin)
      closing.push(shop.close)
      return shop
    },
    async line() {
      const line = await layLine(() => at.port)
      origins.add(line.origin).add(line.origin.replace('http', 'ws'))
      closing.push(line.close)
      return line
    },
    async desk(operator, { at: origin = at.origin, path = '/inbox', ...options } = {}) {
      const person = await scene.person(options)
      await logInByCookie(person, operator, origin)
      const desk = new Desk(person, origin, operator)
      await person.page.goto(origin + path)
      return desk
    },
    async visitor(widget, { at: origin = at.origin, ...options } = {}) {
      const shop = await scene.shop({ widgetKey: widget.key, messenger: origin })
      const messenger = new Messenger(await scene.person(options), shop.origin)
      await messenger.page.goto(`${shop.origin}/index.html`)
      return messenger
    },
    async returning(widget, contact) {
      const shop = await scene.shop({ widgetKey: widget.key })
      const messenger = new Messenger(await scene.person(), shop.origin)
      await messenger.person.context.addInitScript(
        ([name, token]) => {
          if (location.hostname === 'localhost') localStorage.setItem(name, token)
        },
        [`foyer:${widget.key}:token`, contact.token] as const,
      )
      await messenger.page.goto(`${shop.origin}/index.html`)
      return messenger
    },
    expectOutage() {
      outage = true
      for (const { complaints } of people) complaints.expectOutage()
    },
  }
  // All tests come from one address, which none of them may use up.
  await scene.sql('delete from rate_limits')
  return {
    scene,
    expectNoComplaints: () => expect(people.flatMap(({ complaints }) => complaints.list)).toEqual([]),
    async takePictures(name) {
      const pages = people.flatMap(({ context }) => context.pages())
      const file = `${at.mode}-${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}`
      for (const [index, page] of pages.entries())
        await page.screenshot({ path: `tmp/e2e-failed/${file}-${index + 1}.png` }).catch(() => undefined)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(people.map(({ context }) => context.close()))
      await Promise.all(closing.map((close) => close()))
      await Promise.all([database.close(), owner.close()])
    },
  }
}

/** Logs in without the screen for it, which has tests of its own. */
export async function logInByCookie(person: Person, operator: BuiltOperator, origin: string): Promise<void> {
  const [name = '', value = ''] = (await logInForCookie(operator, origin)).split('=')
  await person.context.addCookies([
    { name, value, domain: 'localhost', path: '/', httpOnly: true, sameSite: 'Lax' },
  ])
}

/** The cookie of a new session of an operator, as `name=value`. */
export async function logInForCookie(operator: BuiltOperator, origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    // A connection of its own: one that was kept may be closed by the other end just now.
    headers: { 'content-type': 'application/json', 'x-foyer': '1', connection: 'close' },
    body: JSON.stringify({ email: operator.email, password: operator.password }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (response.status !== 200 || !cookie) throw new Error(`Log-in failed: ${await response.text()}`)
  return cookie
}
