import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, createApi } from '@foyer/client/api.ts'
import { saveRole } from '@foyer/contract/roles.ts'
import { createSocketTicket, listSessions } from '@foyer/contract/sessions.ts'
import { logOutColleague, setActive, setRole } from '@foyer/contract/team.ts'
import { listWidgets, updateWidget } from '@foyer/contract/widgets.ts'
import { WebSocket } from 'ws'
import { logIn } from '../faults/actors.ts'
import { bySize } from '../faults/fault.ts'
import { type Login, type Stage, startStage } from '../stage/stage.ts'
import { openHttpLine, post } from './http-line.ts'
import type { Bench, Measure } from './measure.ts'

const eventsASecond = 100
const conversations = 4

/** How long somebody still hears and may after it was taken from them, while events flow to them through another process. */
export const revoke: Measure = {
  name: 'revoke',
  title: 'how soon a right that is taken away is gone, while 100 events a second flow',
  async run(bench) {
    const rounds = bySize(bench.options.size, { test: 1, small: 3, full: 20 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 2 })
    acquired.defer(stage.close)
    const [near, far] = stage.nodes
    if (!near || !far) throw new Error('There are no two processes.')
    const cookie = await logIn(near.origin, stage.owner)
    const owner = createApi({ base: near.origin, headers: () => ({ cookie }) })
    const flow = await startFlow(stage, near.port)
    acquired.defer(flow.stop)

    const shutOut = {
      'logged out by a colleague': (operator: Login) =>
        owner.call(logOutColleague, { params: { operatorId: operator.id } }),
      'no longer working here': (operator: Login) =>
        owner.call(setActive, { params: { operatorId: operator.id }, body: { active: false } }),
    }
    const heard: number[] = []
    for (const [name, take] of Object.entries(shutOut)) {
      const times: number[] = []
      for (let round = 0; round < rounds; round++)
        times.push(await lastHeard(stage, { origin: far.origin, port: far.port, flow, take }))
      tell(bench, `last event after: ${name}`, times)
      heard.push(...times)
    }
    bench.aim('last event after access was taken, worst', Math.round(Math.max(...heard)), {
      atMost: 2_000,
      unit: 'ms',
    })

    const used: number[] = []
    for (let round = 0; round < rounds; round++) used.push(await lastAllowed(stage, owner, far.origin))
    tell(bench, 'last use of a right after it was taken', used)
    bench.aim('last use of a right after it was taken, worst', Math.round(Math.max(...used)), {
      atMost: 2_000,
      unit: 'ms',
    })
    bench.tell('events a second that flowed', `${flow.rate()}`)
  },
}

function tell(bench: Bench, name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round)
  bench.tell(
    `${name} (${times.length}), median / worst`,
    `${sorted[sorted.length >> 1]} / ${sorted.at(-1)} ms`,
  )
}

type Flow = { ids: readonly string[]; rate(): number; stop(): void }

/** Contacts who write so many messages a second all together, to one process. */
async function startFlow(stage: Stage, port: number): Promise<Flow> {
  let sent = 0
  let flowing = true
  const began = performance.now()
  const ids: string[] = []
  for (let index = 0; index < conversations; index++) {
    const line = await openHttpLine(port)
    const authorization = `Contact ${randomBytes(32).toString('base64url')}`
    const id = randomUUID()
    ids.push(id)
    const message = () => ({ id: randomUUID(), text: 'And then?' })
    await line.send(
      post(
        '/api/v1/messenger/conversations',
        { authorization },
        { id, widgetKey: stage.widgetKey, message: message() },
      ),
    )
    const path = `/api/v1/messenger/conversations/${id}/messages`
    void (async () => {
      const everyMs = (1000 * conversations) / eventsASecond
      for (let due = performance.now(); flowing; due += everyMs) {
        await sleep(Math.max(0, due - performance.now()))
        if (!flowing) break
        const { status } = await line.send(post(path, { authorization }, message()))
        if (status === 200) sent++
      }
      line.close()
    })()
  }
  return {
    ids,
    rate: () => Math.round((sent * 1000) / (performance.now() - began)),
    stop() {
      flowing = false
    },
  }
}

type Listening = { origin: string; port: number; flow: Flow; take: (operator: Login) => Promise<unknown> }

/** Milliseconds from asking for it to the last frame that came after; nothing may come once the socket is closed. */
async function lastHeard(stage: Stage, { origin, port, flow, take }: Listening): Promise<number> {
  const operator = await stage.addOperator('Listener')
  const cookie = await logIn(origin, operator)
  const api = createApi({ base: origin, headers: () => ({ cookie }) })
  const { ticket } = await api.call(createSocketTicket)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/socket`)
  await once(socket, 'open')
  let frames = 0
  let last = 0
  socket.on('message', () => {
    frames++
    last = performance.now()
  })
  socket.send(JSON.stringify({ type: 'hello', protocol: 1, build: 'bench', ticket }))
  for (const conversationId of flow.ids) socket.send(JSON.stringify({ type: 'watch', conversationId }))
  await sleep(1_000)
  if (frames < eventsASecond / 4) throw new Error(`Only ${frames} frames came in a second.`)
  const closed = once(socket, 'close')
  const asked = performance.now()
  await take(operator)
  const isClosed = await Promise.race([closed.then(() => true), sleep(5_000, false)])
  socket.terminate()
  if (!isClosed) throw new Error('The socket was never closed.')
  const refused = await api.call(listSessions).then(
    () => false,
    () => true,
  )
  if (!refused) throw new Error('Who was shut out still reads.')
  return Math.max(0, last - asked)
}

/** Milliseconds from asking for it to the last call that was still allowed, of calls one after another. */
async function lastAllowed(stage: Stage, owner: Api, origin: string): Promise<number> {
  const operator = await stage.addOperator('Manager of widgets')
  const roleId = randomUUID()
  const rights = ['widgets.manage'] as const
  await owner.call(saveRole, { body: { id: roleId, name: `Widgets ${roleId}`, rights: [...rights] } })
  await owner.call(setRole, { params: { operatorId: operator.id }, body: { roleId } })
  const cookie = await logIn(origin, operator)
  const api = createApi({ base: origin, headers: () => ({ cookie }) })
  const [widget] = (await api.call(listWidgets)).items
  if (!widget) throw new Error('There is no widget.')
  const { key: _key, version: _version, ...body } = widget
  const use = () =>
    api.call(updateWidget, { body }).then(
      () => true,
      () => false,
    )
  if (!(await use())) throw new Error('The right was never given.')
  const asked = performance.now()
  const taken = owner.call(saveRole, { body: { id: roleId, name: `Widgets ${roleId}`, rights: [] } })
  let last = asked
  for (let refusals = 0; refusals < 50; ) {
    if (await use()) {
      last = performance.now()
      refusals = 0
    } else refusals++
  }
  await taken
  return last - asked
}
