import { type App, createApp } from '../app.ts'
import { readConfig } from '../platform/config.ts'
import type { Rules } from '../platform/http/limits.ts'
import type { HttpOptions } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type Sending, startTestHttp, type TestAnswer, type TestHttp } from './http.ts'

/** The product over HTTP on a database of its own. */
export type TestInstallation = AsyncDisposable & {
  readonly app: App
  readonly db: TestDatabase
  readonly server: TestHttp
  /** A browser with nothing in it. */
  browser(headers?: Record<string, string>): Browser
  /** A browser in which the owner has set the installation up. */
  ownersBrowser(): Promise<Browser>
}

export type Browser = {
  readonly cookies: Map<string, string>
  send(method: string, path: string, options?: Sending): Promise<TestAnswer>
}

export const owner = { email: 'owner@example.com', password: 'correct horse battery' }

const everythingGoes: Partial<Rules> = {
  log_in_address: { points: 1e6, seconds: 60 },
  set_up_address: { points: 1e6, seconds: 60 },
}

export async function startTestInstallation(
  options: { rules?: Partial<Rules>; http?: Partial<HttpOptions> } = {},
): Promise<TestInstallation> {
  const db = await createTestDatabase()
  const app = await createApp({
    config: { ...readConfig({}), publicUrl: options.http?.publicUrl ?? null },
    databaseUrl: db.url,
    log: createLog({ level: 'silent' }),
    build: 'test',
    poolSize: 10,
    rules: { ...everythingGoes, ...options.rules },
  })
  const server = await startTestHttp(app.routes, {
    identify: app.identify,
    rateLimits: app.rateLimits,
    isReady: app.isReady,
    ...options.http,
  })

  function browser(headers: Record<string, string> = {}): Browser {
    const cookies = new Map<string, string>()
    return {
      cookies,
      async send(method, path, sending = {}) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const own = cookie === '' ? headers : { ...headers, cookie }
        const answer = await server.send(method, path, {
          ...sending,
          headers: { ...own, ...sending.headers },
        })
        for (const line of answer.headers.getSetCookie()) keep(cookies, line)
        return answer
      },
    }
  }

  return {
    app,
    db,
    server,
    browser,
    async ownersBrowser() {
      const mine = browser()
      const token = await app.setupToken()
      const body = {
        token,
        organizationName: 'Lamp shop',
        ownerName: 'Olga',
        locale: 'de',
        sampleData: false,
        ...owner,
      }
      const answer = await mine.send('POST', '/api/v1/setup', { body })
      if (answer.status !== 200) throw new Error(`Set-up failed: ${answer.text}`)
      return mine
    },
    async [Symbol.asyncDispose]() {
      await server.http.close()
      await app.close()
      await db.close()
    },
  }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  if (/Max-Age=0(;|$)/.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}
