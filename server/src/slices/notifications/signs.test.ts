import { randomUUID } from 'node:crypto'
import { assignConversation, assignGroup } from '@foyer/contract/conversations.ts'
import { writeMessage } from '@foyer/contract/messenger.ts'
import { addNote } from '@foyer/contract/notes.ts'
import { listNotifications } from '@foyer/contract/notifications.ts'
import { readSignSettings, type SignSettings, updateSignSettings, usualSigns } from '@foyer/contract/signs.ts'
import { expect, test } from 'vitest'
import type { BuiltConversation, BuiltOperator } from '../../testing/build.ts'
import {
  codeOf,
  eventually,
  type OperatorClient,
  startWorldForTest,
  type World,
} from '../../testing/world.ts'

type Person = { built: BuiltOperator; client: OperatorClient; heard: string[] }

/** Ann and Bob share a group, Cleo is in none; each writes down the signs that reach them. */
async function openStage() {
  const world = await startWorldForTest()
  const ann = await person(world, 'Ann')
  const { organizationId } = ann.built
  const bob = await person(world, 'Bob', organizationId)
  const cleo = await person(world, 'Cleo', organizationId)
  const group = await world.build.group({ organizationId, name: 'Returns', members: [ann.built, bob.built] })
  const widget = await world.build.widget({ organizationId })
  const ends: string[] = []
  const begun = async (assignee: BuiltOperator | null) => {
    const contact = await world.build.contact({ organizationId })
    return world.build.conversation({ contact, widget, assignee })
  }
  /** Lets something be heard last, which nobody counts: all before it has then arrived. */
  const settled = async (...people: Person[]) => {
    for (const each of people) {
      const last = await begun(each.built)
      await write(world, last, 'the end')
      await eventually(
        () => each.heard,
        (heard) => heard.some((line) => line.endsWith(last.id)),
      )
      ends.push(last.id)
    }
    for (const { heard } of [ann, bob, cleo])
      heard.splice(0, heard.length, ...heard.filter((line) => !ends.some((id) => line.endsWith(id))))
  }
  return { world, ann, bob, cleo, group, widget, begun, settled }
}

async function person(world: World, name: string, organizationId?: string): Promise<Person> {
  const built = await world.build.operator({ name, ...(organizationId ? { organizationId } : {}) })
  const client = await world.operator(built)
  const heard: string[] = []
  client.live.onFrame((frame) => {
    if (frame.type === 'sign') heard.push(`${frame.kind} ${frame.column} ${frame.head.id}`)
  })
  await eventually(
    () => client.live.status(),
    (status) => status === 'live',
  )
  return { built, client, heard }
}

async function write(world: World, conversation: BuiltConversation, text: string, url = world.url) {
  const response = await fetch(url + writeMessage.path.replace(':conversationId', conversation.id), {
    method: 'POST',
    headers: { authorization: `Contact ${conversation.contact.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), text }),
  })
  expect(response.status).toBe(200)
}

const at = ({ id }: { id: string }) => ({ params: { conversationId: id } })
const change = ({ client }: Person, body: Partial<SignSettings>) =>
  client.api.call(updateSignSettings, { body })

test('[Y3, Y4, Y5] what somebody wants to be told is theirs, kept part by part, and the same on all their devices', async () => {
  const { ann, bob } = await openStage()
  const read = ({ client }: Person) => client.api.call(readSignSettings)
  expect(await read(ann)).toEqual(usualSigns)
  const told: string[] = []
  ann.client.live.onFrame((frame) => void (frame.type === 'changed' && told.push(frame.what)))
  await change(ann, { sound: 'knock' })
  const heard = { mine: ['message', 'message'], group: [] } as SignSettings['heard']
  await change(ann, { heard })
  expect(await read(ann)).toEqual({ ...usualSigns, sound: 'knock', heard: { mine: ['message'], group: [] } })
  expect(await read(bob)).toEqual(usualSigns)
  await eventually(
    () => told,
    (whats) => whats.includes('signs'),
  )
  const wrong = { alarm: { ...usualSigns.alarm, afterSeconds: 0 } }
  expect(await codeOf(change(ann, wrong))).toBe('request.invalid')
})

test('[Y4, Y5] a message makes a sign for whose conversation it is, and for others of the group who want it', async () => {
  const { world, ann, bob, cleo, begun, settled } = await openStage()
  const conversation = await begun(ann.built)
  await write(world, conversation, 'Hello?')
  await settled(ann, bob, cleo)
  expect([ann.heard, bob.heard, cleo.heard]).toEqual([[`message mine ${conversation.id}`], [], []])

  for (const each of [bob, cleo]) await change(each, { heard: { mine: ['message'], group: ['message'] } })
  await change(ann, { silenced: true })
  await write(world, conversation, 'Still there?')
  await settled(bob, cleo)
  // Cleo shares no group with Ann.
  expect([ann.heard.length, bob.heard, cleo.heard]).toEqual([1, [`message group ${conversation.id}`], []])
})

test('[Y4] what nobody has makes a sign for those who may take it; a group’s for that group', async () => {
  const { world, ann, bob, cleo, group, begun, settled } = await openStage()
  const everybodys = await begun(null)
  await write(world, everybodys, 'Anybody?')
  for (const each of [ann, bob, cleo])
    await change(each, { heard: { mine: ['message'], group: ['message', 'assigned'] } })
  await write(world, everybodys, 'Anybody at all?')
  const body = { id: randomUUID(), groupId: group }
  await ann.client.api.call(assignGroup, { ...at(everybodys), body }).catch(() => undefined)
  await settled(ann, bob, cleo)
  expect(cleo.heard).toEqual([`message group ${everybodys.id}`])
  expect(ann.heard).toEqual([`message group ${everybodys.id}`])
  expect(bob.heard[0]).toBe(`message group ${everybodys.id}`)
})

test('[Y4, Y5] who is given a conversation or named in a note is told; who does it is not', async () => {
  const { ann, bob, cleo, begun, settled } = await openStage()
  const conversation = await begun(ann.built)
  const given = { id: randomUUID(), operatorId: bob.built.id, from: ann.built.id }
  const note = { id: randomUUID(), text: '@Cleo @Bob', mentions: [cleo.built.id, bob.built.id] }
  await bob.client.api.call(addNote, { ...at(conversation), body: note })
  await settled(ann, bob, cleo)
  expect([ann.heard, bob.heard, cleo.heard]).toEqual([[], [], [`mentioned mine ${conversation.id}`]])
  const admin = await ann.client.api
    .call(assignConversation, { ...at(conversation), body: given })
    .catch(() => null)
  await settled(bob)
  expect(bob.heard).toEqual(admin ? [`assigned mine ${conversation.id}`] : [])
  expect(ann.heard).toEqual([])
})

test('[Y4] signs reach the sockets of every process, each once', async () => {
  const { world, ann, begun, settled } = await openStage()
  const second = await world.another()
  const conversation = await begun(ann.built)
  await write(world, conversation, 'from afar', second.url)
  await settled(ann)
  expect(ann.heard).toEqual([`message mine ${conversation.id}`])
  // A choice made through one process holds in the other.
  await change(ann, { silenced: true })
  await change(ann, {
    silenced: false,
    heard: { mine: [], group: [] },
    shown: { mine: ['message'], group: [] },
  })
  await write(world, conversation, 'again', second.url)
  await settled(ann)
  expect(ann.heard).toHaveLength(2)
})

test('[O1] what is given to a group stands among the notifications of its members who want it, with what it is about', async () => {
  const { world, ann, bob, cleo, group, begun } = await openStage()
  const owner = await person(world, 'Owner', ann.built.organizationId)
  await world.db.owner('update operators set role_id = $2 where id = $1', [
    owner.built.id,
    await world.build.roleId(ann.built.organizationId, 'owner'),
  ])
  await change(bob, { groupListed: false })
  const told: string[] = []
  ann.client.live.onFrame((frame) => void (frame.type === 'changed' && told.push(frame.what)))
  const conversation = await begun(null)
  const admin = await world.operator(owner.built)
  await admin.api.call(assignGroup, { ...at(conversation), body: { id: randomUUID(), groupId: group } })
  const list = async ({ client }: Person) => (await client.api.call(listNotifications)).items
  expect(await list(ann)).toMatchObject([
    {
      kind: 'given_to_group',
      groupName: 'Returns',
      conversationId: conversation.id,
      about: 'Hello, is anybody there?',
      inInbox: true,
    },
  ])
  expect([await list(bob), await list(cleo)]).toEqual([[], []])
  await eventually(
    () => told,
    (whats) => whats.includes('notifications'),
  )
})
