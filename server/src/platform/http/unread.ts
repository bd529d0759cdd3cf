import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '../failure.ts'
import { addressPrefix } from './address.ts'

/** Bytes of answers that are held for one address until its clients have taken them. */
const mostBytes = 8 * 1024 * 1024
/** What an answer counts for until it is known. */
const expectedBytes = 16 * 1024
/** Answers that say no more than that something went wrong are always given. */
const alwaysBytes = 2 * 1024

/**
 * Bounds what is held of answers that nobody reads: beyond so much for one address, further ones are refused until some
 * were taken. Built files do not count, because everybody is sent the same bytes.
 */
export function limitUnread(
  app: FastifyInstance,
  { ipOf }: { ipOf: (request: FastifyRequest['raw']) => string },
): void {
  const held = new Map<string, number>()
  /** Says how large the answer has become. */
  const resizes = new WeakMap<FastifyRequest, (bytes: number) => void>()

  function change(address: string, by: number): void {
    const now = (held.get(address) ?? 0) + by
    if (now > 0) held.set(address, now)
    else held.delete(address)
  }

  app.addHook('onRequest', async (request, reply) => {
    if (!isCounted(request)) return
    const address = addressPrefix(ipOf(request.raw))
    const isFull = (held.get(address) ?? 0) + expectedBytes > mostBytes
    // What is to be changed is worth more than its answer costs.
    if (isFull && request.method === 'GET') throw tooMany()
    let mine = expectedBytes
    change(address, mine)
    resizes.set(request, (bytes) => {
      const others = (held.get(address) ?? 0) - mine
      if (bytes > alwaysBytes && others > 0 && others + bytes > mostBytes) throw tooMany()
      change(address, bytes - mine)
      mine = bytes
    })
    whenDone(request, reply.raw, () => {
      resizes.delete(request)
      change(address, -mine)
    })
  })
  app.addHook('onSend', async (request, _reply, payload) => resizes.get(request)?.(sizeOf(payload)))
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
