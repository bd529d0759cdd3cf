import { request as httpRequest } from 'node:http'
import { Writable } from 'node:stream'
import type { BoundRoute } from '../platform/http/bind.ts'
import type { RateLimits } from '../platform/http/limits.ts'
import { createHttp, type Http, type HttpOptions } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'

export type TestHttp = AsyncDisposable & {
  readonly origin: string
  readonly http: Http
  /** What the server wrote to its log. */
  readonly lines: string[]
  send(method: string, path: string, options?: Sending): Promise<TestAnswer>
}

export type Sending = {
  headers?: Record<string, string>
  /** An object is sent as JSON, a text as it is. */
  body?: unknown
  /** Without what our own front end adds by itself. */
  bare?: boolean
}
export type TestAnswer = { status: number; headers: Headers; text: string; json: Json }
/** Answers of any shape: tests look into them freely. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Json = any

/** Nothing is limited. */
const noLimits: RateLimits = {
  take: async () => ({
    state: { limit: 1, remaining: 1, resetSeconds: 1 },
    tries: false,
    done: async () => undefined,
    giveBack: async () => undefined,
  }),
  attempt: async () => undefined,
  succeed: async () => undefined,
  sweep: async () => undefined,
}

/** Serves routes as the product would, on a free port, every answer held against the contract. */
export async function startTestHttp(
  routes: readonly BoundRoute[],
  options: Partial<HttpOptions> = {},
): Promise<TestHttp> {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().split('\n').filter(Boolean))
      done()
    },
  })
  const http = await createHttp({
    routes,
    identify: {
      operator: () => Promise.reject(new Error('no operators here')),
      contact: () => Promise.reject(new Error('no contacts here')),
    },
    isReady: async () => ({ ready: true }),
    publicUrl: null,
    filesOrigin: null,
    trustProxy: 0,
    secureCookies: false,
    log: createLog({ level: 'debug', destination }),
    statics: [],
    pages: {
      frameAncestors: async () => null,
      demo: async ({ ownOrigin }) => ({ color: '', widgetKey: '', origin: ownOrigin }),
    },
    rateLimits: noLimits,
    openapiFile: '/nowhere/openapi.json',
    socketPath: null,
    checkAnswers: true,
    ...options,
  })
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    http,
    lines,
    send: (method, path, sending = {}) => send(origin, { method, path, ...sending }),
    [Symbol.asyncDispose]: () => http.close(),
  }
}

/** Sends through node:http, because fetch does not let a test choose headers such as Host and Origin. */
async function send(origin: string, asked: Sending & { method: string; path: string }): Promise<TestAnswer> {
  const headers: Record<string, string> = asked.bare ? {} : { 'x-foyer': '1', origin }
  if (asked.body !== undefined && !asked.bare) headers['content-type'] = 'application/json'
  Object.assign(headers, asked.headers)
  const body =
    asked.body === undefined || typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body)
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      origin,
      { method: asked.method, path: asked.path, headers, agent: false },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          const answered = new Headers()
          for (const [name, value] of Object.entries(response.headers)) {
            for (const one of [value].flat()) if (one !== undefined) answered.append(name, one)
          }
          resolve({ status: response.statusCode ?? 0, headers: answered, text, json: parsed(text) })
        })
      },
    )
    request.on('error', reject)
    if (body !== undefined) request.setHeader('content-length', Buffer.byteLength(body as string))
    request.end(body)
  })
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
