import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiFailure } from '@foyer/client/api.ts'
import { assignConversation, markRead, setState } from '@foyer/contract/conversations.ts'
import { markMyReading } from '@foyer/contract/messenger.ts'
import { setAvailability } from '@foyer/contract/operators.ts'
import type { Random } from '../stage/random.ts'
import type { Stage } from '../stage/stage.ts'
import { type Actor, type Contact, createContact, createOperator, type Operator } from './actors.ts'
import type { Recorder } from './history.ts'

/** A conversation and who, as far as is known here, has it. */
export type Talk = { id: string; contact: Contact; ownerId: string }

/** Operators and contacts who talk with each other. */
export type Cast = {
  readonly recorder: Recorder
  readonly random: Random
  readonly stage: Stage
  readonly operators: Operator[]
  readonly talks: Talk[]
  actors(): Actor[]
  stop(): void
}

export type CastOptions = {
  stage: Stage
  recorder: Recorder
  random: Random
  operators: number
  contacts: number
  /** Where the clients go; each is asked for with who it is for. */
  base: (index: number) => string
}

let texts = 0

/** A text that no other message of this run has. */
export function newText(): string {
  return `Message ${++texts}: where is my order?`
}

/** Connects people, lets every contact begin a conversation and shares the conversations out among the operators. */
export async function gather(options: CastOptions): Promise<Cast> {
  const { stage, recorder, random, base } = options
  const operators: Operator[] = []
  for (let index = 0; index < options.operators; index++) {
    const login = index === 0 ? stage.owner : await stage.addOperator(`Operator ${index}`)
    operators.push(await createOperator({ recorder, name: `operator:${login.id}`, base: base(index), login }))
  }
  const talks: Talk[] = []
  for (let index = 0; index < options.contacts; index++) {
    const contact = createContact({
      recorder,
      name: `contact:${index}`,
      base: base(operators.length + index),
      widgetKey: stage.widgetKey,
    })
    talks.push({ id: contact.start(newText()), contact, ownerId: '' })
  }
  const cast: Cast = {
    recorder,
    random,
    stage,
    operators,
    talks,
    actors: () => [...operators, ...talks.map((talk) => talk.contact)],
    stop() {
      for (const actor of cast.actors()) actor.stop()
    },
  }
  await until(() => cast.actors().every(isIdle), 30_000)
  for (const [index, talk] of talks.entries()) {
    await assign(cast, talk, { to: operators[index % operators.length] as Operator, from: null })
    for (const operator of operators) operator.follow(talk.id)
  }
  await until(() => cast.actors().every(isCaughtUp), 30_000)
  return cast
}

/** Turns an operator's switch, again and again while nobody answers. */
export async function turnSwitch(operator: Operator, online: boolean): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await operator.api.call(setAvailability, { body: { online } })
      return
    } catch (failure) {
      if (tries > 100) throw failure
      await sleep(100)
    }
  }
}

/** Nothing is left to be sent. */
export function isIdle(actor: Actor): boolean {
  return actor.outbox.items().length === 0
}

function isCaughtUp(actor: Actor): boolean {
  return actor.live.status() === 'live' && [...actor.follows].every((conv) => actor.live.conversation(conv))
}

export async function until(isSo: () => boolean, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs
  while (!isSo()) {
    if (performance.now() > end) return false
    await sleep(10)
  }
  return true
}

export type LoadOptions = {
  perSecond: number
  isOver: () => boolean
  /** Whether conversations also change hands and states, and are read. */
  lively: boolean
}

/** Lets the cast write, now this one, now that one, until it is over. */
export async function talk(cast: Cast, options: LoadOptions): Promise<void> {
  const { random, operators, talks } = cast
  const under = new Set<Promise<void>>()
  const start = performance.now()
  for (let count = 0; !options.isOver(); count++) {
    const at = random.pick(talks)
    const owner = operators.find((operator) => operator.id === at.ownerId)
    const writer: Actor = owner && random.chance(0.6) ? owner : at.contact
    // Nobody types on for minutes while nothing of it is taken.
    if (writer.outbox.items().length < 25) writer.write(at.id, newText())
    if (options.lively && random.chance(0.08)) {
      const work = stir(cast, at).finally(() => under.delete(work))
      under.add(work)
    }
    const due = start + ((count + 1) * 1000) / options.perSecond
    const ahead = due - performance.now()
    if (ahead > 1) await sleep(ahead)
    else if (count % 20 === 0) await sleep(0)
  }
  await Promise.race([Promise.all(under), sleep(5_000)])
}

/** Something other than a message happens. */
async function stir(cast: Cast, at: Talk): Promise<void> {
  const { random, operators, recorder } = cast
  const kind = random.whole(5)
  if (kind <= 1 && operators.length > 1) {
    // Two reach for it at the same moment, as the one who has it hands it over.
    const from = at.ownerId
    const others = operators.filter((operator) => operator.id !== from)
    await Promise.all([
      assign(cast, at, { to: random.pick(others), from }),
      assign(cast, at, { to: random.pick(others), from }),
    ])
    return
  }
  const owner = operators.find((operator) => operator.id === at.ownerId)
  if (kind === 2 && owner) {
    await quietly(
      owner.api.call(setState, {
        params: { conversationId: at.id },
        body: { id: randomUUID(), state: random.chance(0.5) ? 'open' : 'pending' },
      }),
    )
    return
  }
  const read = at.contact.live.conversation(at.id)?.n ?? 0
  const params = { conversationId: at.id }
  recorder.record({ op: 'mark', t: recorder.now(), conv: at.id })
  if (kind === 3)
    await quietly(at.contact.api.call(markMyReading, { params, body: { delivered: read, read } }))
  else if (owner) await quietly(owner.api.call(markRead, { params, body: { read } }))
}

/** Gives a conversation to somebody, if it is still whose it was. */
export async function assign(
  cast: Pick<Cast, 'recorder'>,
  at: Talk,
  change: { to: Operator; from: string | null },
): Promise<void> {
  const { recorder } = cast
  const said = { op: 'assign', conv: at.id, id: randomUUID(), from: change.from, to: change.to.id } as const
  recorder.record({ ...said, phase: 'invoke', t: recorder.now() })
  try {
    const { packet } = await change.to.api.call(assignConversation, {
      params: { conversationId: at.id },
      body: { id: said.id, operatorId: change.to.id, from: change.from },
    })
    recorder.record({ ...said, phase: 'ok', t: recorder.now() })
    at.ownerId = packet.head.assigneeId ?? ''
  } catch (failure) {
    const isRefused = failure instanceof ApiFailure && !failure.retryable
    recorder.record({ ...said, phase: isRefused ? 'fail' : 'info', t: recorder.now(), code: String(failure) })
    // Whose it is now, all operators are told.
    const head = change.to.live.conversation(at.id)?.head
    if (head && 'assigneeId' in head) at.ownerId = head.assigneeId ?? ''
  }
}

async function quietly(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined)
}
