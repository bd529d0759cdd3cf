import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Log } from '../log.ts'
import type { Bus, Notice } from './bus.ts'

const channel = 'foyer'
/** PostgreSQL takes payloads below 8,000 bytes. */
const payloadLimit = 7_600
/** Notices that gather while one is on its way go together in the next. */
const gatherMs = 2
const retryMs = 1_000

/**
 * The bus over LISTEN/NOTIFY on one connection of its own, in batches after the commit: a NOTIFY inside writing
 * transactions would make their commits wait for one another.
 */
export async function openPostgresBus(options: { url: string; log: Log }): Promise<Bus> {
  const self = randomUUID().slice(0, 8)
  const listeners = new Map<string, Set<(notice: Notice, local: unknown) => void>>()
  const missedListeners = new Set<() => void>()
  let waiting: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending = false
  let closed = false
  let client: pg.Client | null = null

  function deliver(topic: string, notice: Notice, local: unknown): void {
    for (const listener of [...(listeners.get(topic) ?? [])]) {
      try {
        listener(notice, local)
      } catch (error) {
        options.log.error('A bus listener failed.', { error, subject: topic })
      }
    }
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.url,
      options: '-c role=foyer_app',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    next.on('notification', ({ payload }) => {
      const [from, items] = JSON.parse(payload ?? '[]') as [string, [string, Notice][]]
      if (from === self) return
      for (const [topic, notice] of items) deliver(topic, notice, undefined)
    })
    next.on('error', () => lost(next))
    next.on('end', () => lost(next))
    await next.connect()
    await next.query(`listen ${channel}`)
    client = next
  }

  function lost(which: pg.Client): void {
    if (client !== which || closed) return
    client = null
    which.end().catch(() => undefined)
    options.log.warn('The bus lost its connection and is coming back.')
    setTimeout(reconnect, retryMs)
  }

  async function reconnect(): Promise<void> {
    if (closed) return
    try {
      await connect()
      for (const listener of missedListeners) listener()
      void flush()
    } catch {
      setTimeout(reconnect, retryMs)
    }
  }

  async function flush(): Promise<void> {
    if (sending || !client) return
    sending = true
    try {
      while (waiting.length > 0 && client) {
        const batch = takeBatch()
        await client.query({
          name: 'notify',
          text: 'select pg_notify($1, $2)',
          values: [channel, `["${self}",[${batch.join()}]]`],
        })
      }
    } catch (error) {
      // What was in the batch is lost to the others: their heartbeats and the next change of the same thing heal it.
      options.log.warn('Notices could not be sent.', { error })
    } finally {
      sending = false
    }
  }

  function takeBatch(): string[] {
    let length = 0
    let count = 0
    for (const item of waiting) {
      length += Buffer.byteLength(item) + 1
      if (length > payloadLimit && count > 0) break
      count++
    }
    const batch = waiting.slice(0, count)
    waiting = waiting.slice(count)
    return batch
  }

  await connect()
  return {
    publish(topic, notice, local) {
      waiting.push(JSON.stringify([topic, notice]))
      // While the database is away notices are worth little and must not pile up.
      if (waiting.length > 10_000) waiting = waiting.slice(-5_000)
      timer ??= setTimeout(() => {
        timer = undefined
        void flush()
      }, gatherMs)
      deliver(topic, notice, local)
    },
    subscribe(topic, listener) {
      const of = listeners.get(topic) ?? new Set()
      listeners.set(topic, of.add(listener))
      return () => of.delete(listener)
    },
    onMissed(listener) {
      missedListeners.add(listener)
      return () => missedListeners.delete(listener)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await flush()
      const open = client
      client = null
      await open?.end()
    },
  }
}
