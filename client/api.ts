import type { ErrorBody, ErrorCode } from '@foyer/contract/errors.ts'
import type { AnswerOf, BodyOf, Method, ParamsOf, QueryOf, Route } from '@foyer/contract/route.ts'
import { elapsed, learnServerTime } from './clock.ts'

/** What went wrong with a call: a code of the catalogue, or `network` when no answer came and the outcome is unknown. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly code: ErrorCode | 'network'
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** How long the server asks to wait before trying again, in milliseconds. */
  readonly retryAfterMs: number | null
  readonly details: Record<string, unknown>
  readonly requestId: string | null

  constructor(answer: {
    code: ErrorCode | 'network'
    status: number
    retryAfterMs?: number | null
    details?: Record<string, unknown> | undefined
    requestId?: string | undefined
  }) {
    super(answer.code)
    this.code = answer.code
    this.status = answer.status
    this.retryAfterMs = answer.retryAfterMs ?? null
    this.details = answer.details ?? {}
    this.requestId = answer.requestId ?? null
  }

  /** True when the same request, with the same id, may be sent again and could succeed. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

type Call<R extends Route> = {
  params?: ParamsOf<R>
  query?: Partial<QueryOf<R>>
  body?: BodyOf<R>
  signal?: AbortSignal
}

/** The server gives up a statement after fifteen seconds; who waits longer than this waits for nothing. */
const answerMs = 25_000

/** A body that is a Blob is sent as it is, under its own type; everything else as JSON. */
type RawCall = { query?: Record<string, unknown>; body?: unknown; signal?: AbortSignal; keepalive?: boolean }

export type Api = {
  /** Calls a route of the contract. */
  call<R extends Route>(route: R, call?: Call<R>): Promise<AnswerOf<R>>
  /** Calls a path directly, for a front end too small to carry the contract's schemas. */
  request<Answer>(method: Method, path: string, call?: RawCall): Promise<Answer>
  /**
   * Gives up what has been waiting for an answer for so long, as if no answer had come. On a line that went dead it would
   * keep the few connections that a browser opens to one server from those who try to come back.
   */
  abandon(olderThanMs: number): void
}

/** Makes the one place through which a front end talks to the REST API. `base` is the server's origin, or empty for our own. */
export function createApi(options: { base: string; headers?: () => Record<string, string> }): Api {
  const waiting = new Set<{ askedAt: number; giveUp: () => void }>()

  async function request<Answer>(method: Method, path: string, call: RawCall = {}): Promise<Answer> {
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.() }
    // The server refuses state-changing requests without it: no plain form of another site can set a header.
    if (method !== 'GET') headers['x-foyer'] = '1'
    const isBytes = call.body instanceof Blob
    if (call.body !== undefined)
      headers['content-type'] = isBytes ? (call.body as Blob).type : 'application/json'
    // A line that went dead answers nothing for minutes: the request is given up, and may be sent again with its id.
    const limit = new AbortController()
    const giveUp = () => limit.abort()
    const timer = setTimeout(giveUp, answerMs)
    if (call.signal?.aborted) giveUp()
    call.signal?.addEventListener('abort', giveUp)
    const askedAt = elapsed()
    const asked = { askedAt, giveUp }
    waiting.add(asked)
    try {
      const response = await fetch(`${options.base}${path}${queryString(call.query)}`, {
        method,
        headers,
        ...(call.body === undefined
          ? {}
          : { body: isBytes ? (call.body as Blob) : JSON.stringify(call.body) }),
        signal: limit.signal,
        ...(call.keepalive ? { keepalive: true } : {}),
      })
      // The header tells whole seconds.
      learnServerTime(Date.parse(response.headers.get('date') ?? ''), askedAt, 1_000)
      return await read<Answer>(response)
    } catch (cause) {
      if (call.signal?.aborted || cause instanceof ApiFailure) throw cause
      throw new ApiFailure({ code: 'network', status: 0 })
    } finally {
      waiting.delete(asked)
      clearTimeout(timer)
      call.signal?.removeEventListener('abort', giveUp)
    }
  }
  return {
    request,
    abandon(olderThanMs) {
      for (const { askedAt, giveUp } of [...waiting]) if (elapsed() - askedAt > olderThanMs) giveUp()
    },
    call(route, call = {}) {
      const { params, query, body, signal } = call
      return request(route.method, fill(route.path, params), {
        ...(query ? { query: query as Record<string, unknown> } : {}),
        ...(body === undefined
          ? route.method === 'GET' || route.method === 'DELETE'
            ? {}
            : { body: {} }
          : { body }),
        ...(signal ? { signal } : {}),
      })
    },
  }
}

async function read<Answer>(response: Response): Promise<Answer> {
  let body: unknown
  try {
    body = await response.json()
  } catch {
    // Cut in the middle, or an answer of something between us and the server: what happened is unknown.
    throw new ApiFailure({
      code: 'network',
      status: response.ok ? 0 : response.status,
      retryAfterMs: retryAfter(response),
    })
  }
  if (response.ok) return body as Answer
  const error = (body as Partial<ErrorBody>).error
  throw new ApiFailure({
    code: error?.code ?? 'network',
    status: response.status,
    retryAfterMs: retryAfter(response),
    details: error?.details,
    requestId: error?.requestId,
  })
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : null
}

/** A path with the values of its parameters. */
export function fill(path: string, params: unknown): string {
  const values = (params ?? {}) as Record<string, string>
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
}

function queryString(query: Record<string, unknown> | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null)
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`
}
