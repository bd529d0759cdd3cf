import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApi } from '@foyer/client/api.ts'
import { startConversation, writeMessage } from '@foyer/contract/messenger.ts'
import { startStage } from '../stage/stage.ts'
import { until } from './cast.ts'
import { bySize, type Fault } from './fault.ts'
import { tellNeighbour, watchNeighbour } from './neighbour.ts'

/** Three bytes a sign, as long as a message may be. */
const longest = '漢'.repeat(20_000)
/** Requests that each connection sends ahead. */
const ahead = 8
/** A connection that takes nothing for thirty seconds is cut, and a moment may pass until that is seen. */
const cutWithinMs = 45_000

/** Strangers who ask for much and read nothing of it: it is not held for them, and nobody else waits. */
export const unread: Fault = {
  name: 'A3',
  title: 'strangers ask for pages and do not read them',
  async run(run) {
    const many = bySize(run.options.size, { test: 60, small: 260, full: 900 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const { path, headers } = await writeMuch(node.origin, stage.widgetKey)
    const ask = { path: `/api/v1/messenger/widgets/${stage.widgetKey}` }
    // What a process takes once it works is not the attack's doing.
    for (let round = 0; round < 40; round++)
      await (await fetch(node.origin + path, { headers })).arrayBuffer()
    const before = await watchNeighbour(node, ask, () => sleep(3_000))
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const asking = `GET ${path} HTTP/1.1\r\nhost: x\r\n${head.join('')}\r\n`.repeat(ahead)
    const open: Socket[] = []
    acquired.defer(() => {
      for (const socket of open) socket.destroy()
    })
    run.begin('unread')
    const measured = await watchNeighbour(node, ask, async () => {
      for (let count = 0; count < many; count++) {
        const socket = connect(node.port, '127.0.0.1')
        socket.on('error', () => undefined)
        socket.pause()
        socket.write(asking)
        open.push(socket)
        if (count % 20 === 0) await sleep(20)
      }
      await sleep(4_000)
    })
    run.figure('connections', many)
    run.figure('pages asked for', many * ahead)
    tellNeighbour(run, before, measured, { mb: 60, p99Ms: 250 })
    if (run.options.size !== 'test') {
      const began = performance.now()
      // Who was cut finds that out by writing.
      const areCut = () => {
        for (const socket of open) if (!socket.destroyed) socket.write('GET / HTTP/1.1\r\n')
        return open.every((socket) => socket.destroyed)
      }
      if (await until(areCut, cutWithinMs))
        run.figure('all cut after s', Math.round((performance.now() - began) / 1000))
      else {
        const left = open.filter((socket) => !socket.destroyed).length
        run.violate({ check: 'limit', detail: `${left} connections that read nothing are still open` })
      }
    }
    run.end('unread')
    const answer = await fetch(node.origin + path, { headers })
    if (answer.status !== 200)
      run.violate({ check: 'limit', detail: `afterwards the page is answered with ${answer.status}` })
  },
}

/** A contact writes the longest messages; answers how their pages are asked for. */
export async function writeMuch(
  base: string,
  widgetKey: string,
): Promise<{ path: string; headers: Record<string, string>; conversationId: string }> {
  const token = Buffer.from(randomUUID() + randomUUID())
    .toString('base64url')
    .slice(0, 43)
  const headers = { authorization: `Contact ${token}` }
  const api = createApi({ base, headers: () => headers })
  const conversationId = randomUUID()
  const message = () => ({ id: randomUUID(), text: longest })
  await api.call(startConversation, { body: { id: conversationId, widgetKey, message: message() } })
  for (let count = 0; count < 30; count++)
    await api.call(writeMessage, { params: { conversationId }, body: message() })
  const path = `/api/v1/messenger/conversations/${conversationId}/entries?before=9999&limit=100`
  return { path, headers, conversationId }
}
