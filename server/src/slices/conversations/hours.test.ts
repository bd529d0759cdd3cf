import { randomUUID } from 'node:crypto'
import { createApi } from '@foyer/client/api.ts'
import * as contract from '@foyer/contract/conversations.ts'
import type { Hours } from '@foyer/contract/hours.ts'
import { readMessengerConfig, startConversation } from '@foyer/contract/messenger.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomToken } from '../../platform/crypto.ts'
import { at, createLiveStage, type LiveStage } from '../../testing/live-stage.ts'
import { codeOf, eventually, startWorld, type World } from '../../testing/world.ts'

let world: World
let stage: LiveStage
beforeAll(async () => {
  world = await startWorld()
  stage = createLiveStage(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const closed: Hours = { zone: 'Europe/Berlin', week: [[], [], [], [], [], [], []], dates: [] }

async function setHours(widget: { id: string }, hours: Hours | null): Promise<void> {
  await world.db.owner('update widgets set hours = $2 where id = $1', [
    widget.id,
    hours && JSON.stringify(hours),
  ])
}

describe('[I13 X1] outside the business hours', () => {
  test('[I13, I14] nobody is brought together by themselves; who takes it by hand may be', async () => {
    const { operators, widget, write } = await stage.team([2])
    await setHours(widget, closed)
    const asker = await write()
    expect(asker.head).toMatchObject({ live: false, operator: null })
    const config = await asker.client.api.call(readMessengerConfig, { params: { widgetKey: widget.key } })
    expect(config).toMatchObject({ available: true, service: { open: false, changesAt: null } })
    const [taker] = operators
    const body = { id: randomUUID(), operatorId: taker?.built.id ?? '', from: null }
    const taken = await taker?.client.api.call(contract.assignConversation, {
      ...at(asker.conversationId),
      body,
    })
    expect(taken?.packet.head).toMatchObject({ live: true })
  })

  test('[I13, S4] who waits when the service opens is taken then', async () => {
    const { operators, widget, write } = await stage.team([1])
    await setHours(widget, closed)
    const asker = await write()
    await setHours(widget, null)
    await eventually(
      () => stage.headOf(asker.conversationId),
      (head) => head.live_since !== null && head.assignee_id === operators[0]?.built.id,
      // The worker looks for room each five seconds.
      15_000,
    )
  })

  test('[I8, I12] what is live stays so; what is somebody’s is theirs for later', async () => {
    const { operators, widget, write } = await stage.team([1])
    const asker = await write()
    expect(asker.head.live).toBe(true)
    await setHours(widget, closed)
    expect((await stage.say(asker)).packet.head.live).toBe(true)
    await operators[0]?.client.api.call(contract.endLive, {
      ...at(asker.conversationId),
      body: { id: randomUUID() },
    })
    expect((await stage.say(asker)).packet.head).toMatchObject({
      live: false,
      operator: { id: operators[0]?.built.id },
    })
    await stage.expectInvariants(operators[0]?.built.organizationId ?? '')
  })
})

test('[X2] a widget that asks for agreement has nothing of who does not agree, and asks once', async () => {
  const { widget, organizationId } = await stage.team([])
  const privacy = { url: 'https://shop.example/privacy', text: {} }
  await world.db.owner('update widgets set privacy = $2 where id = $1', [widget.id, JSON.stringify(privacy)])
  const token = randomToken()
  const contact = createApi({ base: world.url, headers: () => ({ authorization: `Contact ${token}` }) })
  const start = (agreed?: boolean) =>
    contact.call(startConversation, {
      body: {
        id: randomUUID(),
        widgetKey: widget.key,
        message: { id: randomUUID(), text: 'Hello' },
        ...(agreed === undefined ? {} : { agreed }),
      },
    })
  const contacts = () =>
    world.db.owner<{ agreed_at: Date | null }>('select agreed_at from contacts where organization_id = $1', [
      organizationId,
    ])
  expect(await codeOf(start())).toBe('privacy.required')
  expect(await codeOf(start(false))).toBe('privacy.required')
  expect(await contacts()).toEqual([])
  expect(await codeOf(start(true))).toBe('done')
  expect(await codeOf(start())).toBe('done')
  const [kept] = await contacts()
  expect(kept?.agreed_at).toBeInstanceOf(Date)
})
