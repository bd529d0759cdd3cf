import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerNode } from '../stage/server-node.ts'
import { startStage } from '../stage/stage.ts'
import { bySize, type Fault } from './fault.ts'
import { sendFrom } from './from-address.ts'
import { tellNeighbour, watchNeighbour } from './neighbour.ts'

/** What an address may write in a minute, however many contacts it makes up. */
const perMinute = 120

/** One address makes up contacts and writes as all of them; its neighbours write as ever. */
export const messages: Fault = {
  name: 'A8',
  title: 'one address writes as many contacts',
  async run(run) {
    const contacts = bySize(run.options.size, { test: 10, small: 25, full: 60 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1, env: { FOYER_TEST_LIMITS: 'kept' } })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const ask = { path: '/readyz' }
    const before = await watchNeighbour(node, ask, () => sleep(2_000))
    const began = performance.now()
    let [accepted, refused, real] = [0, 0, 0]
    run.begin('flood')
    const measured = await watchNeighbour(node, ask, async () => {
      const flooding = Array.from({ length: contacts }, async () => {
        for (const status of await writeAs(node, {
          from: '127.0.0.1',
          widgetKey: stage.widgetKey,
          times: 30,
        })) {
          if (status === 200) accepted++
          else refused++
        }
      })
      const neighbours = await writeAs(node, { from: '127.0.0.3', widgetKey: stage.widgetKey, times: 20 })
      real = neighbours.filter((status) => status === 200).length
      await Promise.all(flooding)
    })
    run.end('flood')
    const minutes = Math.ceil((performance.now() - began) / 60_000)
    run.figure('messages tried from one address', contacts * 31)
    run.figure('accepted / refused', `${accepted} / ${refused}`)
    run.figure('a neighbour’s accepted', `${real} of 21`)
    if (accepted > perMinute * minutes)
      run.violate({
        check: 'limit',
        detail: `${accepted} messages of one address were taken in ${minutes} min`,
      })
    if (real < 21)
      run.violate({ check: 'limit', detail: `${21 - real} messages of a neighbour were refused` })
    tellNeighbour(run, before, measured, { mb: 60, p99Ms: 250 })
    const rows = await stage.sql<{ count: number }>('select count(*)::int as count from rate_limits')
    run.limit('counters stored', rows[0]?.count ?? 0, contacts + 10)
  },
}

/** Begins a conversation as somebody new and writes in it; the statuses of the answers. */
async function writeAs(
  node: ServerNode,
  { from, widgetKey, times }: { from: string; widgetKey: string; times: number },
): Promise<number[]> {
  const headers = { authorization: `Contact ${randomBytes(32).toString('base64url')}` }
  const id = randomUUID()
  const post = (path: string, body: object) =>
    sendFrom(node, { from, method: 'POST', path, body, headers }).then(({ status }) => status)
  const message = () => ({ id: randomUUID(), text: 'Hello' })
  const statuses = [await post('/api/v1/messenger/conversations', { id, widgetKey, message: message() })]
  for (let count = 0; count < times; count++)
    statuses.push(await post(`/api/v1/messenger/conversations/${id}/messages`, message()))
  return statuses
}
