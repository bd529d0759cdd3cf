import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { type Api, createApi } from '@foyer/client/api.ts'
import { createLive, type Live } from '@foyer/client/live.ts'
import { type Head, readConversation } from '@foyer/contract/conversations.ts'
import type { Entry, PublicEntry } from '@foyer/contract/entries.ts'
import { type PublicHead, readMyConversation } from '@foyer/contract/messenger.ts'
import { socketPath } from '@foyer/contract/protocol.ts'
import { createSocketTicket, logIn } from '@foyer/contract/sessions.ts'
import { expect, onTestFinished } from 'vitest'
import { type App, createApp } from '../app.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { hashPassword } from '../platform/crypto.ts'
import type { Database } from '../platform/db/database.ts'
import { defaultRules, type Rules } from '../platform/http/limits.ts'
import { createLog } from '../platform/log.ts'
import { type Running, startRoles } from '../roles.ts'
import {
  type Build,
  type BuiltContact,
  type BuiltConversation,
  type BuiltOperator,
  createBuild,
} from './build.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export type OperatorClient = { api: Api; live: Live<Entry, Head>; cookie: string }
export type ContactClient = { api: Api; live: Live<PublicEntry, PublicHead> }

/** The whole server in this process, on a database of the test's own, with real sockets. */
export type World = AsyncDisposable & {
  readonly url: string
  readonly app: App
  /** Where its processes keep what is no row. */
  readonly dataDir: string
  readonly database: Database
  readonly db: TestDatabase
  readonly build: Build
  /** What the server wrote to its log. */
  readonly lines: string[]
  logIn(operator: BuiltOperator): Promise<{ cookie: string }>
  operator(operator: BuiltOperator): Promise<OperatorClient>
  contact(contact: BuiltContact, widgetKey: string): ContactClient
  /** A second process on the same database. */
  another(): Promise<{ url: string; app: App }>
}

const unlimited = Object.fromEntries(
  Object.keys(defaultRules).map((name) => [name, { points: 100_000, seconds: 60 }]),
)

/** `limited`: by the limits of the product, or by none but these. */
export async function startWorld(
  options: { limited?: boolean | Partial<Rules>; mail?: Config['mail']; config?: Partial<Config> } = {},
): Promise<World> {
  const db = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'foyer-world-'))
  const lines: string[] = []
  const log = createLog({
    level: 'debug',
    destination: new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(...chunk.toString().split('\n').filter(Boolean))
        done()
      },
    }),
  })
  const started: { app: App; running: Running; url: string }[] = []
  const lives: { stop(): void }[] = []

  async function start() {
    const config = {
      ...readConfig({}),
      port: 0,
      host: '127.0.0.1',
      dataDir,
      mail: options.mail ?? null,
      ...options.config,
    }
    const rules = options.limited === true ? {} : { ...unlimited, ...(options.limited || {}) }
    const app = await createApp({
      config,
      databaseUrl: db.url,
      log,
      build: 'test',
      poolSize: 6,
      rules,
      checkAnswers: true,
    })
    const running = await startRoles(app)
    const process = { app, running, url: `http://127.0.0.1:${running.port}` }
    started.push(process)
    return process
  }

  const { app, url } = await start()
  const build = createBuild(db.database, hashPassword)

  async function sessionOf(operator: BuiltOperator, at: string): Promise<string> {
    const response = await fetch(at + logIn.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-foyer': '1' },
      body: JSON.stringify({ email: operator.email, password: operator.password }),
    })
    expect(response.status).toBe(200)
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }

  return {
    url,
    app,
    dataDir,
    db,
    database: db.database,
    build,
    lines,
    logIn: async (operator) => ({ cookie: await sessionOf(operator, url) }),
    async operator(operator) {
      const cookie = await sessionOf(operator, url)
      const api = createApi({ base: url, headers: () => ({ cookie }) })
      const live = createLive<Entry, Head>({
        url: url.replace('http', 'ws') + socketPath,
        build: 'test',
        hello: () => api.call(createSocketTicket),
      })
      lives.push(live)
      return { api, live, cookie }
    },
    contact(contact, widgetKey) {
      const api = createApi({ base: url, headers: () => ({ authorization: `Contact ${contact.token}` }) })
      const live = createLive<PublicEntry, PublicHead>({
        url: url.replace('http', 'ws') + socketPath,
        build: 'test',
        hello: async () => ({ contactToken: contact.token, widgetKey }),
      })
      lives.push(live)
      return { api, live }
    },
    another: start,
    async [Symbol.asyncDispose]() {
      for (const live of lives) live.stop()
      for (const { running } of started) await running.stop()
      await db.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A world for one test file; closed when the test that started it ends. */
export async function startWorldForTest(
  options: { limited?: boolean; config?: Partial<Config> } = {},
): Promise<World> {
  const world = await startWorld(options)
  onTestFinished(() => world[Symbol.asyncDispose]())
  return world
}

/** Waits until something holds; fails with what it last was. All of the time is only used up where something is wrong. */
export async function eventually<T>(
  read: () => T | Promise<T>,
  holds: (value: T) => boolean,
  ms = 15_000,
): Promise<T> {
  const until = performance.now() + ms
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (performance.now() > until) throw new Error(`Did not come to hold: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/**
 * Does something to a conversation while an operator and its contact follow it, then requires that what both hold, by
 * packets through the reducer alone, is what a fresh read gives.
 */
export async function expectSynced(
  followed: { conversation: BuiltConversation; operator: OperatorClient; contact: ContactClient },
  act: () => Promise<unknown>,
): Promise<void> {
  const { conversation, operator, contact } = followed
  const conversationId = conversation.id
  const ends = [operator.live.watch(conversationId), contact.live.watch(conversationId)]
  try {
    await eventually(() => operator.live.conversation(conversationId), Boolean)
    await eventually(() => contact.live.conversation(conversationId), Boolean)
    await act()
    const fresh = await operator.api.call(readConversation, { params: { conversationId } })
    const held = await eventually(
      () => operator.live.conversation(conversationId),
      (value) => (value?.n ?? -1) >= fresh.n,
    )
    expect(held).toEqual({
      epoch: fresh.epoch,
      n: fresh.n,
      head: fresh.head,
      entries: fresh.entries,
      older: fresh.older,
    })
    const mine = await contact.api.call(readMyConversation, { params: { conversationId } })
    const heldByContact = await eventually(
      () => contact.live.conversation(conversationId),
      (value) => (value?.n ?? -1) >= mine.n,
    )
    expect(heldByContact).toEqual({
      epoch: mine.epoch,
      n: mine.n,
      head: mine.head,
      entries: mine.entries,
      older: mine.older,
    })
  } finally {
    for (const end of ends) end()
  }
}

/** The code a call was refused with, or `done`. */
export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (failure: { code: string }) => failure.code,
  )
}
