import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { largestFile } from '@foyer/contract/file-facts.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done, type FileStage, type Sender, sha256Of, startFileStage } from '../../testing/file-stage.ts'

let stage: FileStage
beforeAll(async () => {
  stage = await startFileStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const small = 64 * 1024

describe.each(['operator', 'contact'] as const)('by %s', (side) => {
  const by = () => stage[side] as Sender

  test('[C7] a file comes in parts, in any order, is finished and sent, and both see it', async () => {
    const content = randomBytes(3 * small + 17)
    const id = randomUUID()
    expect(
      done(await stage.start(by(), { id, name: 'plan.bin', bytes: content.length, partBytes: small })).body,
    ).toEqual({
      id,
      name: 'plan.bin',
      bytes: content.length,
      partBytes: small,
      received: [],
      file: null,
    })
    const part = (n: number) => content.subarray(n * small, (n + 1) * small)
    for (const n of [3, 0, 0, 2]) done(await stage.sendPart(by(), id, n, part(n)))
    expect((await stage.finish(by(), id, content)).code).toBe('file.incomplete')
    expect((await stage.ask(by(), 'GET', `${by().base}/${id}`)).body).toMatchObject({ received: [0, 2, 3] })
    expect((await stage.send(by(), [id])).code).toBe('file.not_ready')
    done(await stage.sendPart(by(), id, 1, part(1)))
    const file = {
      id,
      name: 'plan.bin',
      type: 'application/octet-stream',
      bytes: content.length,
      shows: 'file',
    }
    expect(done(await stage.finish(by(), id, content)).body).toMatchObject({ file })
    expect(done(await stage.finish(by(), id, content)).body).toMatchObject({ file })

    const messageId = randomUUID()
    const sent = done(await stage.send(by(), [id], 'Look', messageId))
    const [entry] = (sent.body.packet as { entries: { text: string; body: { files: FileShown[] } }[] })
      .entries
    expect(entry).toMatchObject({ text: 'Look\nplan.bin', body: { event: 'written', files: [file] } })
    expect(done(await stage.send(by(), [id], 'Look', messageId)).body.replayed).toBe(true)
    expect((await stage.send(by(), [id], 'Again')).code).toBe('file.not_ready')
    expect((await stage.ask(by(), 'DELETE', `${by().base}/${id}`)).code).toBe('file.sent')
    const other = side === 'operator' ? stage.contact : stage.operator
    for (const reader of [by(), other]) {
      const url = await stage.link(reader, id)
      const answer = await fetch(stage.world.url + url)
      expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    }
  })

  test('a message of files alone is previewed by their names, and says that it has some', async () => {
    const { id } = await stage.bring(by(), Buffer.from('some text'), 'notes.txt')
    const { packet } = done(await stage.send(by(), [id])).body as {
      packet: { head: { preview: unknown }; entries: { text: string }[] }
    }
    expect(packet.head.preview).toMatchObject({ text: 'notes.txt', hasFiles: true })
    expect(packet.entries[0]?.text).toBe('notes.txt')
    const conversationOf = side === 'operator' ? '/api/v1' : '/api/v1/messenger'
    const path = `${conversationOf}/conversations/${stage.conversation.id}/messages`
    const plain = done(await stage.ask(by(), 'POST', path, { id: randomUUID(), text: 'Without' }))
    const { preview } = (plain.body.packet as { head: { preview: object } }).head
    expect(preview).not.toHaveProperty('hasFiles')
  })

  test('[C7] what is refused is refused before a byte is read', async () => {
    expect((await stage.start(by(), { bytes: largestFile + 1 })).code).toBe('file.too_large')
    expect((await stage.start(by(), { bytes: 0 })).code).toBe('request.invalid')
    expect((await stage.start(by(), { bytes: 10, partBytes: 6 * 1024 * 1024 })).code).toBe('request.invalid')
    const id = randomUUID()
    done(await stage.start(by(), { id, bytes: small + 5, partBytes: small }))
    for (const [part, length] of [
      [0, small - 1],
      [0, small + 1],
      [1, small],
      [2, 5],
      [1, 0],
    ] as const)
      expect((await stage.sendPart(by(), id, part, randomBytes(length))).code).toBe('file.part_length')
    // Without a length, and with one that is not kept.
    const path = `${by().base}/${id}/parts/1`
    const chunked = await raw(path, by().headers, ['transfer-encoding: chunked'], '5\r\nabcde\r\n0\r\n\r\n')
    expect(chunked).toContain('file.part_length')
    const lying = await raw(path, by().headers, ['content-length: 99999999999'], 'abcde')
    expect(lying).toContain('file.part_length')
    expect((await stage.ask(by(), 'GET', `${by().base}/${id}`)).body).toMatchObject({ received: [] })
  })

  test('a wrong checksum drops what came; sent again it is whole', async () => {
    const content = randomBytes(small * 2)
    const id = randomUUID()
    done(await stage.start(by(), { id, bytes: content.length, partBytes: small }))
    done(await stage.sendPart(by(), id, 0, content.subarray(0, small)))
    done(await stage.sendPart(by(), id, 1, randomBytes(small)))
    expect((await stage.finish(by(), id, content)).code).toBe('file.checksum')
    expect((await stage.ask(by(), 'GET', `${by().base}/${id}`)).body).toMatchObject({
      received: [],
      file: null,
    })
    for (const part of [0, 1])
      done(await stage.sendPart(by(), id, part, content.subarray(part * small, (part + 1) * small)))
    done(await stage.finish(by(), id, content))
    expect((await stage.finish(by(), id, randomBytes(9))).code).toBe('file.checksum')
  })

  test('[C7] begun twice it is one, begun as another it is refused', async () => {
    const id = randomUUID()
    const both = await Promise.all([0, 1, 2].map(() => stage.start(by(), { id, bytes: 10 })))
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await stage.start(by(), { id, bytes: 11 })).code).toBe('create.id_reused')
  })

  test('[C7] finished ten times at once it is one file', async () => {
    const content = randomBytes(small * 4)
    const id = randomUUID()
    done(await stage.start(by(), { id, bytes: content.length, partBytes: small }))
    await Promise.all(
      [0, 1, 2, 3].map(async (part) =>
        done(await stage.sendPart(by(), id, part, content.subarray(part * small, (part + 1) * small))),
      ),
    )
    const second = await stage.world.another()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        stage.ask(
          by(),
          'POST',
          `${by().base}/${id}/finish`,
          { sha256: sha256Of(content) },
          n % 2 ? second.url : stage.world.url,
        ),
      ),
    )
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers[0]?.status).toBe(200)
  })

  test('removed it is gone, and its bytes with it', async () => {
    const upload = await stage.bring(by(), randomBytes(100))
    done(await stage.ask(by(), 'DELETE', `${by().base}/${upload.id}`))
    expect((await stage.ask(by(), 'GET', `${by().base}/${upload.id}`)).code).toBe('file.unknown')
    expect((await stage.send(by(), [upload.id])).code).toBe('file.not_ready')
  })
})

test('[C7] exactly 100 MB go through', async () => {
  const content = Buffer.alloc(largestFile, 'foyer')
  const upload = await stage.bring(stage.contact, content, 'large.bin')
  expect(upload.file?.bytes).toBe(104_857_600)
}, 120_000)

test('[C7] uploads of others are unknown, whatever is done to them', async () => {
  const colleague = await stage.world.build.operator({ organizationId: stage.operator.built.organizationId })
  const outsider = await stage.world.build.operator()
  const otherContact = await stage.world.build.contact({
    organizationId: stage.operator.built.organizationId,
  })
  const asOperator = async (operator: typeof colleague): Promise<Sender> => ({
    ...stage.operator,
    headers: { cookie: (await stage.world.logIn(operator)).cookie, 'x-foyer': '1' },
  })
  const others = [
    await asOperator(colleague),
    await asOperator(outsider),
    stage.contact,
    { ...stage.contact, headers: { authorization: `Contact ${otherContact.token}` } },
    stage.stranger(),
    stage.operator,
  ]
  for (const owner of [stage.operator, stage.contact]) {
    const content = randomBytes(small)
    const id = randomUUID()
    done(await stage.start(owner, { id, bytes: small, partBytes: small }))
    for (const other of others.filter((one) => one !== owner)) {
      const codes = [
        (await stage.ask(other, 'GET', `${other.base}/${id}`)).code,
        (await stage.sendPart(other, id, 0, content)).code,
        (await stage.finish(other, id, content)).code,
        (await stage.ask(other, 'DELETE', `${other.base}/${id}`)).code,
      ]
      expect(codes).toEqual(Array(4).fill('file.unknown'))
    }
    done(await stage.sendPart(owner, id, 0, content))
    done(await stage.finish(owner, id, content))
    for (const other of others.filter((one) => one !== owner)) {
      if (other !== stage.operator && other !== stage.contact) continue
      expect((await stage.send(other, [id])).code).toBe('file.not_ready')
      expect(await stage.link(other, id)).toBeUndefined()
    }
  }
})

test('[C7] a file comes before there is a conversation, and begins one', async () => {
  const stranger = stage.stranger()
  const content = randomBytes(200)
  const { id } = await stage.bring(stranger, content, 'first.bin')
  const body = {
    id: randomUUID(),
    widgetKey: stage.widget.key,
    message: { id: randomUUID(), text: '', files: [id] },
  }
  const begun = done(await stage.ask(stranger, 'POST', '/api/v1/messenger/conversations', body))
  expect(begun.body.packet).toMatchObject({ head: { preview: { text: 'first.bin', hasFiles: true } } })
  const url = await stage.link(stranger, id)
  expect(Buffer.from(await (await fetch(stage.world.url + url)).arrayBuffer()).equals(content)).toBe(true)
  // It is sent again, and is the same.
  expect(done(await stage.ask(stranger, 'POST', '/api/v1/messenger/conversations', body)).body.replayed).toBe(
    true,
  )
})

test('fifty uploads at once hold little of them', async () => {
  const part = randomBytes(5 * 1024 * 1024)
  const ids = Array.from({ length: 50 }, () => randomUUID())
  for (const id of ids) done(await stage.start(stage.operator, { id, bytes: part.length * 2 }))
  global.gc?.()
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  await Promise.all(
    ids.map(async (id) => {
      for (const n of [0, 1])
        expect(await rawPart(`${stage.operator.base}/${id}/parts/${n}`, part)).toContain('200 OK')
    }),
  )
  clearInterval(watch)
  const grown = Math.round((most - before) / 1024 / 1024)
  console.info(`fifty uploads of 10 MB at once: memory grew by ${grown} MB`)
  expect(grown).toBeLessThan(100)
}, 120_000)

/** Sends a part of which this process, too, holds no more than there is of it anyway. */
function rawPart(path: string, content: Buffer): Promise<string> {
  return raw(path, stage.operator.headers, [`content-length: ${content.length}`], content)
}

/** A request to the letter; what is answered, until the other side ends it or a while has passed. */
function raw(
  path: string,
  headers: Record<string, string>,
  more: string[],
  body: string | Buffer,
): Promise<string> {
  const { hostname, port, host } = new URL(stage.world.url)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) })
    let said = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      said += text
      // Whole answers end the wait; the connection need not.
      if (/\r\n\r\n[\s\S]*\}\s*$/.test(said)) socket.destroy()
    })
    socket.on('close', () => resolve(said))
    socket.on('error', (error) => (said === '' ? reject(error) : resolve(said)))
    const lines = Object.entries({ ...headers, host, 'content-type': 'application/octet-stream' }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    socket.write([`PUT ${path} HTTP/1.1`, ...lines, ...more, '', ''].join('\r\n'))
    socket.write(body)
  })
}
