import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { sendMessage } from '@foyer/contract/conversations.ts'
import { readMyConversation } from '@foyer/contract/messenger.ts'
import {
  listOperators,
  type Me,
  pictureBytes,
  removePicture,
  setPicture,
  updateMe,
} from '@foyer/contract/operators.ts'
import { readSession } from '@foyer/contract/sessions.ts'
import { Transformer } from '@napi-rs/image'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { codeOf, expectSynced, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let operator: BuiltOperator
let client: OperatorClient
beforeAll(async () => {
  world = await startWorld()
  operator = await world.build.operator({ organizationId: (await world.build.organization()).id })
  client = await world.operator(operator)
})
afterAll(() => world[Symbol.asyncDispose]())

/** A picture of one shade. */
const picture = (shade: number) =>
  Transformer.fromRgbaPixels(new Uint8Array(90 * 60 * 4).fill(shade), 90, 60).png()

type Answer = { status: number; code: string | undefined; me: Me }

async function upload(
  body: Uint8Array,
  { by = client, headers = {} }: { by?: { cookie: string }; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(world.url + setPicture.path, {
    method: 'PUT',
    headers: { cookie: by.cookie, 'x-foyer': '1', 'content-type': 'image/png', ...headers },
    body: new Uint8Array(body),
  })
  const answer = await response.json()
  return { status: response.status, code: answer.error?.code, me: answer }
}

const look = (path: string | null, headers: Record<string, string> = {}) =>
  fetch(world.url + path, { headers })

test('[X7] a picture is served to everybody who knows where, as nothing but a picture', async () => {
  const { status, me } = await upload(await picture(90))
  expect(status).toBe(200)
  expect(me.picture).toMatch(/^\/api\/v1\/pictures\/[\w-]{43}$/)
  expect((await client.api.call(readSession)).picture).toBe(me.picture)
  const { items } = await client.api.call(listOperators)
  expect(items.find(({ id }) => id === operator.id)?.picture).toBe(me.picture)

  const served = await look(me.picture)
  expect(served.status).toBe(200)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': expect.stringMatching(/^default-src 'none';.*; sandbox$/),
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(served.headers.get('set-cookie')).toBeNull()
  expect(Buffer.from(await served.arrayBuffer()).toString('latin1', 8, 12)).toBe('WEBP')
})

test('[X7] the same picture again is the same, another one takes its place, and a removed one is gone at once', async () => {
  const first = (await upload(await picture(10))).me.picture
  expect((await upload(await picture(10))).me.picture).toBe(first)
  const second = (await upload(await picture(200))).me.picture
  expect(second).not.toBe(first)
  expect((await look(first)).status).toBe(404)
  expect((await look(second)).status).toBe(200)
  expect((await client.api.call(removePicture)).picture).toBeNull()
  expect(await world.db.owner('select from operator_pictures where operator_id = $1', [operator.id])).toEqual(
    [],
  )
  const gone = await look(second)
  expect(gone.status).toBe(404)
  expect(gone.headers.get('cache-control')).toBe('no-store')
  const { version } = await client.api.call(removePicture)
  expect((await client.api.call(removePicture)).version).toBe(version)
})

test('[X7] nobody finds out by a picture whose it is: the same one lies elsewhere for everybody', async () => {
  const stranger = await world.build.operator({ organizationId: (await world.build.organization()).id })
  const colleague = await world.build.operator({ organizationId: operator.organizationId })
  const paths = []
  for (const by of [client, await world.logIn(stranger), await world.logIn(colleague)])
    paths.push((await upload(await picture(77), { by })).me.picture)
  expect(new Set(paths).size).toBe(3)
  // A page of another site may not ask, with the time it takes or the sizes it sees.
  expect((await look(paths[0] ?? null, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await look(`/api/v1/pictures/${'A'.repeat(43)}`)).status).toBe(404)
  expect((await look(`/api/v1/pictures/${operator.id}`)).status).toBe(400)
  // Who no longer works here is still seen where they wrote.
  await world.db.owner('update operators set deactivated_at = now() where id = $1', [stranger.id])
  expect((await look(paths[1] ?? null)).status).toBe(200)
})

test('[X7] what is no picture is refused whatever it says it is, and nothing changes', async () => {
  const before = await client.api.call(readSession)
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  expect(await upload(svg)).toMatchObject({ status: 400, code: 'picture.unreadable' })
  const said = { 'content-type': 'image/svg+xml' }
  expect(await upload(svg, { headers: said })).toMatchObject({
    status: 415,
    code: 'request.unsupported_type',
  })
  const json = { 'content-type': 'application/json' }
  expect(await upload(Buffer.from('{}'), { headers: json })).toMatchObject({ status: 415 })
  expect(await upload(new Uint8Array(0))).toMatchObject({ status: 400 })
  const bomb = await picture(1)
  bomb.writeUInt32BE(30_000, 16)
  bomb.writeUInt32BE(30_000, 20)
  expect(await upload(bomb)).toMatchObject({ status: 400, code: 'picture.too_large' })
  expect(await upload(await picture(2), { headers: { cookie: '' } })).toMatchObject({ status: 401 })
  expect(await upload(await picture(2), { headers: { 'x-foyer': '' } })).toMatchObject({ status: 403 })
  expect(await client.api.call(readSession)).toEqual(before)
})

test('[X7] what is too large is refused before it has come', async () => {
  const answerTo = (head: string, body: Buffer) =>
    new Promise<string>((resolve, reject) => {
      const { port, hostname } = new URL(world.url)
      const line = connect(Number(port), hostname)
      line.on('error', reject)
      line.on('data', (answer) => {
        resolve(answer.toString())
        line.destroy()
      })
      line.write(
        `PUT ${setPicture.path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nx-foyer: 1\r\ncookie: ${client.cookie}\r\n` +
          `content-type: image/png\r\n${head}\r\n\r\n`,
      )
      line.write(body)
    })
  const refused = /^HTTP\/1\.1 413 [\s\S]*request\.too_large/
  expect(await answerTo(`content-length: ${pictureBytes + 1}`, Buffer.alloc(10))).toMatch(refused)
  // Nothing says how long it is, and it never ends.
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000), Buffer.from('\r\n')])
  expect(await answerTo('transfer-encoding: chunked', Buffer.concat(Array(33).fill(chunk)))).toMatch(refused)
})

test('[X7] contacts see who answers them, now and in what was written, and a new picture from then on', async () => {
  const { organizationId } = operator
  const contact = await world.build.contact({ organizationId })
  const widget = await world.build.widget({ organizationId })
  const conversation = await world.build.conversation({ contact, widget, assignee: operator })
  const params = { conversationId: conversation.id }
  for (const shade of [30, 60]) {
    const contactClient = world.contact(contact, widget.key)
    const { picture: path } = (await upload(await picture(shade))).me
    await expectSynced({ conversation, operator: client, contact: contactClient }, () =>
      client.api.call(sendMessage, { params, body: { id: randomUUID(), text: 'An answer' } }),
    )
    const { head, entries } = await contactClient.api.call(readMyConversation, { params })
    expect(head.operator).toMatchObject({ id: operator.id, picture: path })
    expect(entries.at(-1)?.author).toMatchObject({ kind: 'operator', picture: path })
    expect(entries.filter(({ kind }) => kind !== 'message').every(({ author }) => !author.picture)).toBe(true)
  }
})

test('[X7] languages and signature are kept, shown where they belong, and held to what they may be', async () => {
  const signature = 'Anna Berg\nLamps & more'
  const me = await client.api.call(updateMe, {
    body: { languages: ['fr', 'de'], signature: ` ${signature}\n` },
  })
  expect(me).toMatchObject({ languages: ['fr', 'de'], signature })
  const { items } = await client.api.call(listOperators)
  const own = items.find(({ id }) => id === operator.id)
  expect(own?.languages).toEqual(['fr', 'de'])
  expect(own).not.toHaveProperty('signature')
  const wrong = [
    { languages: ['tlh'] },
    { languages: ['fr-FR'] },
    { languages: ['fr', 'fr'] },
    { signature: 'a'.repeat(501) },
    { signature: 'a\u0000b' },
    { signature: '\ud800' },
  ]
  for (const body of wrong)
    expect(await codeOf(client.api.call(updateMe, { body: body as never })), JSON.stringify(body)).toBe(
      'request.invalid',
    )
  expect(await client.api.call(updateMe, { body: { languages: [], signature: null } })).toMatchObject({
    languages: [],
    signature: null,
  })
})
