import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Upload } from '@foyer/contract/files.ts'
import type { BuiltContact, BuiltConversation, BuiltOperator, BuiltWidget } from './build.ts'
import { startWorld, type World } from './world.ts'

export type Answer = { status: number; code: string | null; body: Record<string, unknown>; headers: Headers }

/** One who brings files: what their requests carry, and where they go. */
export type Sender = { headers: Record<string, string>; base: string; begin: Record<string, string> }

/** A world with an operator and a contact in a conversation, and the ways by which both bring files. */
export type FileStage = AsyncDisposable & {
  world: World
  conversation: BuiltConversation
  widget: BuiltWidget
  operator: Sender & { built: BuiltOperator }
  contact: Sender & { built: BuiltContact }
  ask(by: Pick<Sender, 'headers'>, method: string, path: string, body?: unknown, at?: string): Promise<Answer>
  start(by: Sender, given: { id?: string; name?: string; bytes: number; partBytes?: number }): Promise<Answer>
  sendPart(by: Sender, id: string, part: number, bytes: Uint8Array): Promise<Answer>
  finish(by: Sender, id: string, content: Uint8Array, voice?: { peaks: number[] }): Promise<Answer>
  /** Brings a file as a whole; its upload at the end. */
  bring(
    by: Sender,
    content: Uint8Array,
    name?: string,
    partBytes?: number,
    voice?: { peaks: number[] },
  ): Promise<Upload>
  /** Sends a message with files. */
  send(by: Sender, files: readonly string[], text?: string, id?: string): Promise<Answer>
  /** Brings a file and sends it alone; its id. */
  sent(by: Sender, content: Uint8Array, name?: string): Promise<string>
  /** What lies at an address. */
  get(
    path: string | undefined,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; bytes: Buffer }>
  /** The address of a file for somebody; undefined where they get none. */
  link(by: Sender, id: string, variant?: 'shown' | 'saved' | 'thumbnail'): Promise<string | undefined>
  /** Somebody with a secret who has not written yet. */
  stranger(): Sender
}

export async function startFileStage(options: Parameters<typeof startWorld>[0] = {}): Promise<FileStage> {
  const world = await startWorld(options)
  const { build } = world
  const built = await build.operator()
  const { organizationId } = built
  const widget = await build.widget({ organizationId })
  const contactBuilt = await build.contact({ organizationId })
  const conversation = await build.conversation({ contact: contactBuilt, widget, assignee: built })
  const { cookie } = await world.logIn(built)
  const operator = {
    built,
    headers: { cookie, 'x-foyer': '1' },
    base: '/api/v1/uploads',
    begin: { conversationId: conversation.id },
  }
  const contactOf = (token: string): Sender => ({
    headers: { authorization: `Contact ${token}`, 'x-foyer': '1' },
    base: '/api/v1/messenger/uploads',
    begin: { widgetKey: widget.key },
  })
  const contact = { built: contactBuilt, ...contactOf(contactBuilt.token) }

  async function answerOf(response: Response): Promise<Answer> {
    const text = await response.text()
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
    const code = response.ok ? null : (body.error as { code: string }).code
    return { status: response.status, code, body, headers: response.headers }
  }

  const stage: Omit<FileStage, keyof AsyncDisposable> = {
    world,
    conversation,
    widget,
    operator,
    contact,
    async ask({ headers }, method, path, body, at = world.url) {
      return answerOf(
        await fetch(at + path, {
          method,
          headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      )
    },
    start: (by, { id = randomUUID(), name = 'file.bin', ...given }) =>
      stage.ask(by, 'POST', by.base, { id, name, ...by.begin, ...given }),
    async sendPart(by, id, part, bytes) {
      return answerOf(
        await fetch(`${world.url}${by.base}/${id}/parts/${part}`, {
          method: 'PUT',
          headers: { ...by.headers, 'content-type': 'application/octet-stream' },
          body: Buffer.from(bytes),
        }),
      )
    },
    finish: (by, id, content, voice) =>
      stage.ask(by, 'POST', `${by.base}/${id}/finish`, {
        sha256: sha256Of(content),
        ...(voice ? { voice } : {}),
      }),
    async bring(by, content, name = 'file.bin', partBytes = 5 * 1024 * 1024, voice) {
      const id = randomUUID()
      done(await stage.start(by, { id, name, bytes: content.byteLength, partBytes }))
      for (let part = 0; part * partBytes < content.byteLength; part++)
        done(await stage.sendPart(by, id, part, content.subarray(part * partBytes, (part + 1) * partBytes)))
      return done(await stage.finish(by, id, content, voice)).body as Upload
    },
    send(by, files, text = '', id = randomUUID()) {
      const side = by.base.includes('messenger') ? '/api/v1/messenger' : '/api/v1'
      return stage.ask(by, 'POST', `${side}/conversations/${conversation.id}/messages`, { id, text, files })
    },
    async sent(by, content, name) {
      const { id } = await stage.bring(by, content, name, 64 * 1024)
      done(await stage.send(by, [id]))
      return id
    },
    async get(path, headers = {}) {
      const answer = await fetch(world.url + path, { headers })
      return {
        status: answer.status,
        headers: answer.headers,
        bytes: Buffer.from(await answer.arrayBuffer()),
      }
    },
    async link(by, id, variant = 'shown') {
      const path = by.base.replace(/uploads$/, 'files/links')
      const { items } = done(await stage.ask(by, 'POST', path, { ids: [id], variant })).body as {
        items: { url: string }[]
      }
      return items[0]?.url
    },
    stranger: () => contactOf(randomBytes(32).toString('base64url')),
  }
  return { ...stage, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

/** @throws Error where a call that must go through did not */
export function done(answer: Answer): Answer {
  if (answer.status === 200) return answer
  throw new Error(`Refused with ${answer.status}: ${JSON.stringify(answer.body)}`)
}

export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
