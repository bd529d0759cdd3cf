import { setTimeout as sleep } from 'node:timers/promises'
import { endConversation } from '@foyer/contract/conversations.ts'
import type { Stage } from '../stage/stage.ts'
import { type Contact, createContact, createOperator, type Operator } from './actors.ts'
import { isIdle, newText, turnSwitch, until } from './cast.ts'
import { bySize, type Fault, openPair } from './fault.ts'
import { settle, takeStock } from './finish.ts'
import { watchSlots } from './slots.ts'

/** Contacts race for the last slots over two processes, operators flap, and a process is killed meanwhile. */
export const slots: Fault = {
  name: 'F28',
  title: 'slots raced for, operators flapping, a process killed',
  async run(run) {
    const { recorder } = run
    const crowd = bySize(run.options.size, { test: 12, small: 50, full: 50 })
    const rounds = bySize(run.options.size, { test: 1, small: 3, full: 20 })
    await using acquired = new AsyncDisposableStack()
    const { stage, proxy } = await openPair(run, acquired)
    const [, suffers] = stage.nodes
    if (!suffers) throw new Error('Two processes are needed.')

    const operators: Operator[] = []
    for (let index = 0; index < 4; index++) {
      const login = index === 0 ? stage.owner : await stage.addOperator(`Operator ${index}`)
      const operator = await createOperator({
        recorder,
        name: `operator:${login.id}`,
        base: proxy.origin,
        login,
      })
      operators.push(operator)
      acquired.defer(operator.stop)
    }
    await until(() => operators.every(({ live }) => live.status() === 'live'), 20_000)
    await stage.sql('update operator_slots set most = 3')
    const watching = watchSlots(run, stage)

    const everybody: Contact[] = []
    let raced = 0
    let killed = 0
    for (let round = 0; round < rounds; round++) {
      for (const operator of operators) await turnSwitch(operator, true)
      const contacts: Contact[] = Array.from({ length: crowd }, (_, index) =>
        createContact({
          recorder,
          name: `contact:${round}-${index}`,
          base: proxy.origin,
          widgetKey: stage.widgetKey,
        }),
      )
      const begun = contacts.map((contact) => contact.start(newText()))
      raced += crowd
      run.begin('flapping')
      const flapping = flap(operators, 3_000)
      if (round % 3 === 1) {
        const over = suffers.ended()
        suffers.kill('SIGKILL')
        await over
        await suffers.start()
        killed++
      }
      await flapping
      run.end('flapping')
      await until(() => contacts.every(isIdle), 60_000)
      for (const operator of operators) await turnSwitch(operator, true)
      await drain(stage, operators, begun)
      everybody.push(...contacts)
    }
    await sleep(1_000)
    acquired.defer(() => {
      for (const contact of everybody) contact.stop()
    })
    const company = { recorder, stage, actors: () => [...operators, ...everybody] }
    run.figure('quiet after ms', Math.round(await settle(company)))
    await takeStock(company, { readers: 3 })
    await watching.stop()
    const left = await stage.sql<{ id: string }>(`select id from conversations where state <> 'ended'`)
    if (left.length > 0) run.violate({ check: 'lost', detail: `${left.length} conversations were forgotten` })
    run.figure('contacts that raced', raced)
    run.figure('processes killed', killed)
  },
}

/** Ten times a second one of them goes, and another comes back. */
async function flap(operators: readonly Operator[], ms: number): Promise<void> {
  const until = performance.now() + ms
  for (let count = 0; performance.now() < until; count++) {
    const operator = operators[count % operators.length]
    if (operator) await turnSwitch(operator, count % 2 === 0)
    await sleep(100)
  }
}

/** Everybody is served: each operator ends what they have until nothing of these is left. */
async function drain(stage: Stage, operators: readonly Operator[], ids: readonly string[]): Promise<void> {
  const deadline = performance.now() + 90_000
  while (performance.now() < deadline) {
    const rows = await stage.sql<{ id: string; assignee_id: string | null }>(
      `select id, assignee_id from conversations where id = any ($1) and state <> 'ended'`,
      [ids],
    )
    if (rows.length === 0) return
    const held = rows.filter((row) => row.assignee_id !== null)
    await Promise.all(
      held.map(async ({ id, assignee_id }) => {
        const owner = operators.find((operator) => operator.id === assignee_id)
        const body = { id: crypto.randomUUID() }
        await owner?.api
          .call(endConversation, { params: { conversationId: id }, body })
          .catch(() => undefined)
      }),
    )
    if (held.length === 0) await sleep(200)
  }
}
