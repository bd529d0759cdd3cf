import { setTimeout as sleep } from 'node:timers/promises'
import type { OutboxStorage } from '@foyer/client/outbox.ts'
import { startStage } from '../stage/stage.ts'
import { type Actor, type Contact, createContact, createOperator, type Operator } from './actors.ts'
import { gather, newText } from './cast.ts'
import { bySize, type Fault } from './fault.ts'
import { settle, takeStock } from './finish.ts'
import type { Recorder } from './history.ts'

/** A tab is gone between sending and acknowledgement; opened again, it knows what was not acknowledged. */
export const killedClients: Fault = {
  name: 'F4',
  title: 'clients killed between sending and acknowledgement',
  async run(run) {
    const { recorder, random } = run
    const kills = bySize(run.options.size, { test: 10, small: 20, full: 150 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const base = stage.nodes[0]?.origin ?? ''
    const cast = await gather({ stage, recorder, random, operators: 2, contacts: 2, base: () => base })
    acquired.defer(cast.stop)
    const reborn: Actor[] = []
    acquired.defer(() => {
      for (const actor of reborn) actor.stop()
    })
    let left = 0
    for (let count = 0; count < kills; count++) {
      const kept = new Map<string, string>()
      const first = mortal(recorder, kept)
      const name = `contact:tab-${count}`
      const contact = createContact({ ...first.given, name, base, widgetKey: stage.widgetKey })
      const conv = contact.start(newText())
      if (random.chance(0.7)) await sleep(60 * random.next())
      contact.write(conv, newText())
      contact.write(conv, newText())
      await sleep(40 * random.next())
      first.kill(contact)
      left += kept.size
      const second = mortal(recorder, kept)
      const again = createContact({
        ...second.given,
        name,
        base,
        widgetKey: stage.widgetKey,
        token: contact.token,
      })
      again.follow(conv)
      reborn.push(again)
    }
    for (let count = 0; count < kills / 4; count++) reborn.push(await killOperator(count))
    for (const operator of cast.operators) {
      for (const actor of reborn) for (const conv of actor.follows) operator.follow(conv)
    }
    run.figure('clients killed', kills + Math.ceil(kills / 4))
    run.figure('messages found unsent on reopening', left)
    const company = { ...cast, actors: () => [...cast.actors(), ...reborn] }
    run.figure('quiet after ms', Math.round(await settle(company)))
    await takeStock(company, { readers: 10 })

    async function killOperator(count: number): Promise<Operator> {
      const at = cast.talks[0]
      const login = await stage.addOperator(`Tab ${count}`)
      const kept = new Map<string, string>()
      const first = mortal(recorder, kept)
      const name = `operator:${login.id}`
      const operator = await createOperator({ ...first.given, name, base, login })
      if (at) {
        const { assign } = await import('./cast.ts')
        await assign(cast, at, { to: operator, from: at.ownerId })
        operator.follow(at.id)
        operator.write(at.id, newText())
        operator.write(at.id, newText())
      }
      await sleep(20 * random.next())
      first.kill(operator)
      left += kept.size
      const second = mortal(recorder, kept)
      const again = await createOperator({ ...second.given, name, base, login, cookie: operator.cookie })
      if (at) again.follow(at.id)
      // The next one may take the conversation over only when this one has said all.
      for (let wait = 0; wait < 500 && again.outbox.items().length > 0; wait++) await sleep(10)
      return again
    }
  },
}

/** What a client is given that can be killed: from then on nothing of it reaches its storage or the history. */
function mortal(recorder: Recorder, kept: Map<string, string>) {
  let isDead = false
  const storage: OutboxStorage = {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void (isDead || kept.set(key, value)),
    removeItem: (key) => void (isDead || kept.delete(key)),
  }
  return {
    given: {
      storage,
      recorder: {
        ...recorder,
        record: (event: Parameters<Recorder['record']>[0]) => void (isDead || recorder.record(event)),
      },
    },
    kill(actor: Contact | Operator) {
      isDead = true
      actor.stop()
    },
  }
}
