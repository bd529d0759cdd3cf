import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fill } from '@foyer/client/api.ts'
import {
  finishMyUpload,
  linkMyFiles,
  readMyUpload,
  sendMyPart,
  startMyUpload,
  type Upload,
} from '@foyer/contract/files.ts'
import { startConversation } from '@foyer/contract/messenger.ts'
import type { Route } from '@foyer/contract/route.ts'
import { bySize, type Fault, openPair, type Run } from './fault.ts'

const partBytes = 64 * 1024
const atOnce = 8

/** Files on their way are cut while they come and when they are answered, and processes die under them. */
export const uploads: Fault = {
  name: 'F25',
  title: 'uploads cut, over two processes of which one dies',
  async run(run) {
    await using acquired = new AsyncDisposableStack()
    const { stage, proxy } = await openPair(run, acquired)
    const wanted = run.options.cuts ?? bySize(run.options.size, { test: 300, small: 300, full: 3_000 })
    const limitMs = bySize(run.options.size, { test: 120_000, small: 150_000, full: 900_000 })
    const began = performance.now()
    const cuts = () => proxy.cuts().bodies + proxy.cuts().writes
    const isOver = () => cuts() >= wanted || performance.now() - began > limitMs
    const totals = { files: 0, parts: 0, again: 0, lost: 0 }
    proxy.cutAnswers({ writes: 0.12, reads: 0.05, socket: 0 })
    proxy.cutBodies(0.06)
    run.begin('cutting')
    const sent: Sent[] = []
    const working = Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (!isOver())
          sent.push(await bring(run, { origin: proxy.origin, widgetKey: stage.widgetKey, totals }))
      }),
    )
    let kills = 0
    while (!isOver()) {
      await sleep(1_500)
      const node = stage.nodes[kills % 2]
      if (!node || kills >= bySize(run.options.size, { test: 2, small: 6, full: 30 })) continue
      const over = node.ended()
      node.kill('SIGKILL')
      await over
      await node.start()
      kills++
    }
    await working
    run.end('cutting')
    proxy.cutAnswers(null)
    proxy.cutBodies(null)
    run.figure('uploads cut', cuts())
    run.figure('processes killed', kills)
    run.figure('files sent', sent.length)
    run.figure('parts of them', totals.parts)
    run.figure('parts sent again', totals.again)
    run.figure('parts lost that had arrived', totals.lost)
    if (cuts() < wanted)
      run.violate({ check: 'limit', detail: `only ${cuts()} of ${wanted} cuts came about in time` })
    if (totals.lost > 0) run.violate({ check: 'lost', detail: `${totals.lost} parts went that had arrived` })
    // What a process that died was receiving is lost with it: of each of the lines that it had, one.
    const mayLose = cuts() + proxy.cuts().reads + kills * atOnce
    if (totals.again > mayLose)
      run.violate({ check: 'lost', detail: `${totals.again} parts were sent again for ${mayLose} cuts` })
    await compare(run, { sent, origin: stage.nodes[0]?.origin ?? '', sql: stage.sql })
  },
}

type Sent = { id: string; conversationId: string; entryId: string; token: string; content: Buffer }
type Totals = { files: number; parts: number; again: number; lost: number }

/** Brings one file through whatever happens, and begins a conversation with it. */
async function bring(
  run: Run,
  { origin, widgetKey, totals }: { origin: string; widgetKey: string; totals: Totals },
): Promise<Sent> {
  const token = randomBytes(32).toString('base64url')
  const content = randomBytes(Math.ceil(partBytes * (4 + 16 * run.random.next())))
  const [id, conversationId, entryId] = [randomUUID(), randomUUID(), randomUUID()]
  const ask = <Answer>(route: Route, params: Record<string, string>, body?: unknown) =>
    untilAnswered<Answer>(origin + fill(route.path, params), route.method, token, body)
  await ask(startMyUpload, {}, { id, name: 'cut.bin', bytes: content.length, partBytes, widgetKey })
  const parts = Math.ceil(content.length / partBytes)
  const arrived = new Set<number>()
  const tried = new Set<number>()
  while (arrived.size < parts) {
    const { received } = await ask<Upload>(readMyUpload, { uploadId: id })
    totals.lost += [...arrived].filter((part) => !received.includes(part)).length
    for (const part of received) arrived.add(part)
    for (let part = 0; part < parts; part++) {
      if (arrived.has(part)) continue
      if (tried.has(part)) totals.again++
      tried.add(part)
      const bytes = content.subarray(part * partBytes, (part + 1) * partBytes)
      const path = origin + fill(sendMyPart.path, { uploadId: id, part: String(part) })
      const answer = await once<Upload>(path, 'PUT', token, bytes)
      // Where nothing is answered it is asked what has arrived.
      if (!answer) break
      arrived.add(part)
    }
  }
  const sha256 = createHash('sha256').update(content).digest('hex')
  await ask(finishMyUpload, { uploadId: id }, { sha256 })
  await ask(
    startConversation,
    {},
    { id: conversationId, widgetKey, message: { id: entryId, text: '', files: [id] } },
  )
  totals.parts += parts
  return { id, conversationId, entryId, token, content }
}

async function untilAnswered<Answer>(
  url: string,
  method: string,
  token: string,
  body?: unknown,
): Promise<Answer> {
  for (;;) {
    const answer = await once<Answer>(url, method, token, body)
    if (answer) return answer
    await sleep(50)
  }
}

/** Null where no answer came, or one that says to try again. @throws Error where it is refused */
async function once<Answer>(
  url: string,
  method: string,
  token: string,
  body?: unknown,
): Promise<Answer | null> {
  const isBytes = body instanceof Uint8Array
  try {
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Contact ${token}`,
        ...(body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    })
    const text = await answer.text()
    if (answer.ok) return JSON.parse(text) as Answer
    if (answer.status < 500 && answer.status !== 429) throw new Refused(`${method} ${url}: ${text}`)
    return null
  } catch (error) {
    if (error instanceof Refused) throw error
    return null
  }
}

class Refused extends Error {}

/** Every file is there once, with its message, and is what was sent. */
async function compare(
  run: Run,
  {
    sent,
    origin,
    sql,
  }: {
    sent: readonly Sent[]
    origin: string
    sql: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>
  },
): Promise<void> {
  for (const { id, conversationId, entryId, token, content } of sent) {
    const rows = await sql<{ id: string; file: string | null }>(
      `select e.id, e.body->'files'->0->>'id' as file from entries e
       where e.conversation_id = $1 and e.kind = 'message' and e.actor_kind = 'contact'`,
      [conversationId],
    )
    if (rows.length !== 1 || rows[0]?.id !== entryId || rows[0].file !== id)
      run.violate({ check: 'double', detail: `${conversationId} holds ${JSON.stringify(rows)}` })
    const { items } = await untilAnswered<{ items: { url: string }[] }>(
      origin + linkMyFiles.path,
      'POST',
      token,
      {
        ids: [id],
        variant: 'saved',
      },
    )
    const answer = await fetch(`${origin}${items[0]?.url}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (!answer.ok || !bytes.equals(content))
      run.violate({ check: 'lost', detail: `the file ${id} is not what was sent (${answer.status})` })
  }
}
