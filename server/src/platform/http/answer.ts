import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { Caller } from '@foyer/contract/route.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import type { AnyAsked, BoundRoute, Callers, RequestFacts, Use } from './bind.ts'
import { refuseCrossSite } from './cross-site.ts'
import { replyFacts, requestFacts } from './facts.ts'
import { invalid, parseQuery } from './json.ts'
import type { RateLimits, RateState } from './limits.ts'
import { createUses } from './uses.ts'

export type Identify = {
  readonly [Caller in Exclude<keyof Callers, 'anyone'>]: (request: RequestFacts) => Promise<Callers[Caller]>
}

export type AnswerOptions = {
  identify: Identify
  rateLimits: RateLimits
  publicOrigin: string | null
  secureCookies: boolean
  /** Whose a request is, in the eyes of limits. */
  ipOf: (request: IncomingMessage) => string
  /** Holds every answer against the contract, so that no field leaks. Costs time: for tests. */
  checkAnswers: boolean
}

type Schema = BoundRoute['route']['params']

/** Takes one request through a route: who sent it, who calls, what is said, is it too much; then the handler. */
export async function answer(
  bound: BoundRoute,
  { request, reply, options }: { request: FastifyRequest; reply: FastifyReply; options: AnswerOptions },
): Promise<string | Uint8Array | Readable> {
  const { route } = bound
  refuseCrossSite(
    {
      method: route.method,
      origin: request.headers.origin,
      fetchSite: one(request.headers['sec-fetch-site']),
      mark: one(request.headers['x-foyer']),
      host: request.host,
    },
    // A contact's token travels in a header that no other site can make a browser send.
    { publicOrigin: options.publicOrigin, byCookie: route.caller !== 'contact' && !bound.anyOrigin },
  )
  const facts = requestFacts(request, options)
  const asked: AnyAsked = {
    request: facts,
    caller: await identify(route.caller, facts, options.identify),
    params: parse(route.params, request.params, 'params'),
    query: parse(route.query, parseQuery(request.raw.url ?? ''), 'query'),
    body: parse(route.body, request.body ?? {}, 'body'),
  }
  const result = await counted(bound, { asked, request, reply, options })
  if (route.isStreamed) return result as Readable
  if (route.gives) {
    reply.type(route.gives)
    // The contract says that these are bytes.
    return result as Uint8Array
  }
  if (options.checkAnswers) check(route.answer, result, `${route.method} ${route.path}`)
  reply.type('application/json; charset=utf-8')
  return JSON.stringify(result)
}

async function identify(caller: Caller, facts: RequestFacts, by: Identify): Promise<unknown> {
  if (caller === 'anyone') return null
  // Which callers there are is known where slices are; here only that each has its proof.
  const prove = (by as Partial<Record<Caller, (request: RequestFacts) => Promise<unknown>>>)[caller]
  if (!prove) throw new Error(`Nothing proves the caller "${caller}".`)
  return prove(facts)
}

function parse(schema: Schema, input: unknown, part: string): unknown {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw invalid(...paths(parsed.error.issues, part))
}

/** Where the request is wrong, never what stood there. */
function paths(issues: readonly Issue[], part: string): string[] {
  const all = issues.flatMap((issue) => {
    const at = [part, ...issue.path.map(String)]
    return issue.keys ? issue.keys.map((key) => [...at, key]) : [at]
  })
  return [...new Set(all.map((path) => path.map((step) => step.slice(0, 64)).join('.')))].slice(0, 20)
}

type Issue = { readonly path: readonly PropertyKey[]; readonly keys?: readonly string[] }

/** Runs the handler, and counts what came of it. */
async function counted(
  bound: BoundRoute,
  {
    asked,
    request,
    reply,
    options,
  }: { asked: AnyAsked; request: FastifyRequest; reply: FastifyReply; options: AnswerOptions },
): Promise<unknown> {
  const uses = createUses(options.rateLimits, async () => (await bound.wasDone?.(asked)) ?? false)
  const take = async (wanted: readonly Use[]) => {
    await uses.take(wanted)
    sayLimits(reply, uses.nearest())
  }
  try {
    if (bound.uses) await take(bound.uses(asked))
    const result = await bound.handle({
      ...asked,
      count: take,
      reply: { ...replyFacts(request, reply, options.secureCookies), repeated: uses.repeated },
    })
    await uses.done()
    return result
  } catch (error) {
    await uses.failed(error)
    throw error
  }
}

function sayLimits(reply: FastifyReply, state: RateState | null): void {
  if (!state) return
  reply.header('ratelimit-limit', state.limit)
  reply.header('ratelimit-remaining', state.remaining)
  reply.header('ratelimit-reset', state.resetSeconds)
}

function check(schema: Schema, result: unknown, name: string): void {
  // What crosses the wire is the JSON of it.
  const parsed = schema.safeParse(JSON.parse(JSON.stringify(result)))
  if (parsed.success) return
  throw new Failure(
    'server.fault',
    { paths: paths(parsed.error.issues, 'answer') },
    { cause: new Error(`The answer of ${name} is not what the contract says: ${parsed.error.message}`) },
  )
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
