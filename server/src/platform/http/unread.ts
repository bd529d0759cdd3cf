import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { createGate } from '../gate.ts'
import { addressPrefix } from './address.ts'

/** Bytes of answers that are held for one address until its clients have taken them. */
const mostBytes = 8 * 1024 * 1024
/** With less room than this nothing is read any more: the largest pages have nearly as much. */
const leastRoom = 256 * 1024
/** Requests of one address that read and are worked on at once, so that others find the database free. */
const readAtOnce = 3
/** Answers that say no more than that something went wrong are always given. */
const alwaysBytes = 2 * 1024

/** Does the work of a request that reads when it is the turn of its address, if there still is room for its answer. */
export type InTurn = <T>(request: IncomingMessage, work: () => Promise<T>) => Promise<T>

/** What one address asks for. */
type Household = { requests: number; held: number; inTurn: ReturnType<typeof createGate> }

/**
 * Bounds what is held of answers that nobody reads: beyond so much for one address, further ones are refused until some
 * were taken. Built files do not count, because everybody is sent the same bytes.
 */
export function limitUnread(
  app: FastifyInstance,
  { ipOf }: { ipOf: (request: IncomingMessage) => string },
): { inTurn: InTurn } {
  const households = new Map<string, Household>()
  const asked = new WeakMap<IncomingMessage, { household: Household; bytes: number }>()

  function enter(address: string): Household {
    const household = households.get(address) ?? { requests: 0, held: 0, inTurn: createGate(readAtOnce) }
    households.set(address, household)
    household.requests++
    return household
  }

  app.addHook('onRequest', async (request, reply) => {
    if (!isCounted(request)) return
    const address = addressPrefix(ipOf(request.raw))
    const household = enter(address)
    const mine = { household, bytes: 0 }
    asked.set(request.raw, mine)
    whenDone(request, reply.raw, () => {
      household.held -= mine.bytes
      // Nobody is there any more whose answer could be held.
      asked.delete(request.raw)
      if (--household.requests === 0) households.delete(address)
    })
  })
  app.addHook('onSend', async (request, _reply, payload) => {
    const mine = asked.get(request.raw)
    if (!mine) return
    const bytes = sizeOf(payload)
    const others = mine.household.held - mine.bytes
    if (bytes > alwaysBytes && others > 0 && others + bytes > mostBytes) throw tooMany()
    mine.household.held = others + bytes
    mine.bytes = bytes
  })

  return {
    inTurn(request, work) {
      const household = asked.get(request)?.household
      if (!household) return work()
      return household.inTurn(async () => {
        if (request.socket.destroyed || household.held + leastRoom > mostBytes) throw tooMany()
        return work()
      })
    },
  }
}

function tooMany(): Failure {
  return new Failure('request.too_many', {}, { retryAfter: 1 })
}

function isCounted(request: FastifyRequest): boolean {
  return request.routeOptions.url !== undefined
}

function sizeOf(payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload)
  return payload instanceof Uint8Array ? payload.byteLength : 0
}

/** What waits for each connection's end; one listener for all of it, however many requests a client sends ahead. */
const waiting = new WeakMap<Socket, Set<() => void>>()

/** Calls back once, when an answer is taken or its connection is gone. */
export function whenDone(request: FastifyRequest, answer: ServerResponse, done: () => void): void {
  const { socket } = request.raw
  if (socket.destroyed) return done()
  const others = waiting.get(socket) ?? watch(socket)
  others.add(over)
  // An answer that stands behind others on its connection is not told when that ends.
  answer.once('close', over)

  function over(): void {
    if (others.delete(over)) done()
  }
}

function watch(socket: Socket): Set<() => void> {
  const all = new Set<() => void>()
  waiting.set(socket, all)
  socket.once('close', () => {
    for (const over of [...all]) over()
  })
  return all
}
