import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { listEntries } from '@foyer/contract/conversations.ts'
import { startStage } from '../stage/stage.ts'
import { writeMuch } from './a03-unread.ts'
import { createOperator } from './actors.ts'
import { until } from './cast.ts'
import { bySize, type Fault } from './fault.ts'
import { createRecorder } from './history.ts'
import { tellNeighbour, watchNeighbour } from './neighbour.ts'

/** An operator on a slow line opens the longest conversation there is: they stay connected and see all of it. */
export const slowLine: Fault = {
  name: 'A5',
  title: 'the longest conversation on a slow line',
  async run(run) {
    const seconds = bySize(run.options.size, { test: 6, small: 25, full: 60 })
    const bytesPerSecond = bySize(run.options.size, { test: 400_000, small: 100_000, full: 50_000 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const { conversationId } = await writeMuch(node.origin, stage.widgetKey)
    const ask = { path: `/api/v1/messenger/widgets/${stage.widgetKey}` }
    const before = await watchNeighbour(node, ask, () => sleep(3_000))
    const line = await openSlowLine(node.port, bytesPerSecond)
    acquired.defer(line.close)
    const operator = await createOperator({
      // What was written before is in no history.
      recorder: createRecorder(),
      name: `operator:${stage.owner.id}`,
      base: `http://127.0.0.1:${line.port}`,
      login: stage.owner,
    })
    acquired.defer(() => operator.stop())
    await until(() => operator.live.status() === 'live', 20_000)
    let drops = 0
    operator.live.subscribe(() => {
      if (operator.live.status() === 'offline') drops++
    })
    run.begin('slow line')
    const measured = await watchNeighbour(node, ask, async () => {
      const began = performance.now()
      const unwatch = operator.live.watch(conversationId)
      const isShown = await until(
        () => operator.live.conversation(conversationId) !== undefined,
        seconds * 1000,
      )
      if (!isShown) run.violate({ check: 'limit', detail: 'the conversation was never shown' })
      run.limit(
        'shown after ms',
        Math.round(performance.now() - began),
        (256_000 / bytesPerSecond) * 1_000 + 3_000,
      )
      let pages = 1
      for (let held = operator.live.conversation(conversationId); held?.older; pages++) {
        const first = held.entries[0]?.seq ?? 1
        const page = await operator.api.call(listEntries, {
          params: { conversationId },
          query: { before: first, limit: 200 },
        })
        operator.live.prepend(conversationId, page as never)
        held = operator.live.conversation(conversationId)
      }
      run.figure('pages until the beginning', pages)
      const entries = operator.live.conversation(conversationId)?.entries ?? []
      if (entries.filter(({ kind }) => kind === 'message').length !== 31)
        run.violate({ check: 'limit', detail: `${entries.length} entries are shown` })
      await sleep(Math.max(0, seconds * 1000 - (performance.now() - began)))
      unwatch()
    })
    run.end('slow line')
    run.figure('bytes a second', bytesPerSecond)
    if (drops > 0) run.violate({ check: 'limit', detail: `the operator's line was cut ${drops} times` })
    tellNeighbour(run, before, measured, { mb: 60, p99Ms: 250 })
  },
}

/** A line that brings so many bytes a second to the client and no more. */
async function openSlowLine(
  port: number,
  bytesPerSecond: number,
): Promise<{ port: number; close: () => void }> {
  const open = new Set<Socket>()
  const relay = createServer((client) => {
    const server = connect(port, '127.0.0.1')
    for (const socket of [client, server]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        server.destroy()
      })
    }
    client.pipe(server)
    server.on('data', (chunk) => {
      client.write(chunk)
      server.pause()
      setTimeout(() => server.resume(), (chunk.length / bytesPerSecond) * 1000)
    })
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  return {
    port: (relay.address() as AddressInfo).port,
    close() {
      relay.close()
      for (const socket of open) socket.destroy()
    },
  }
}
