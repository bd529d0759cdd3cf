import { randomUUID } from 'node:crypto'
import { ApiFailure } from '@foyer/client/api.ts'
import { endConversation, sendMessage } from '@foyer/contract/conversations.ts'
import { startConversation, writeMessage } from '@foyer/contract/messenger.ts'
import { startStage } from '../stage/stage.ts'
import { type Contact, createContact, createOperator, logIn, type Operator } from './actors.ts'
import { assign, type Cast, gather, newText } from './cast.ts'
import { bySize, type Fault, type Run } from './fault.ts'
import { settle, takeStock } from './finish.ts'

/** The same request twice, at once, later, elsewhere, and almost the same request. */
export const twins: Fault = {
  name: 'F2',
  title: 'the same request twice',
  async run(run) {
    const { recorder, random } = run
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 2 })
    acquired.defer(stage.close)
    const origins = stage.nodes.map((node) => node.origin)
    const base = (index: number) => origins[index % 2] as string
    const cast = await gather({ stage, recorder, random, operators: 2, contacts: 4, base })
    acquired.defer(cast.stop)
    await sendTwins(run, cast, origins)
    await startTwins(run, cast, origins)
    await playCases(run, cast, origins)
    run.figure('quiet after ms', Math.round(await settle(cast)))
    await takeStock(cast, { readers: 4 })
  },
}

type Call = () => Promise<{ n: number; replayed: boolean }>

/** Many at once with one id, over both processes: one row, and all are told the same number. */
async function sendTwins(run: Run, cast: Cast, origins: readonly string[]): Promise<void> {
  const { recorder } = run
  const [ids, copies] = bySize(run.options.size, {
    test: [10, 20],
    small: [20, 50],
    full: [100, 50],
  } as const)
  const [owner] = cast.operators
  const [at] = cast.talks
  if (!owner || !at) throw new Error('Nobody is there.')
  const elsewhere = await Promise.all(origins.map((base) => alterEgo(run, cast, owner, base)))
  let replays = 0
  for (let count = 0; count < ids; count++) {
    const [id, text] = [randomUUID(), newText()]
    const said = { op: 'send', by: owner.name, conv: at.id, id } as const
    recorder.record({ ...said, phase: 'invoke', t: recorder.now(), text })
    await Promise.all(
      Array.from({ length: copies }, async (_, copy) => {
        const { api } = elsewhere[copy % elsewhere.length] as Operator
        try {
          const answer = await api.call(sendMessage, {
            params: { conversationId: at.id },
            body: { id, text },
          })
          const n = answer.packet.entries.find((entry) => entry.id === id)?.seq
          recorder.record({ ...said, phase: 'ok', t: recorder.now(), view: 'operator', ...(n ? { n } : {}) })
          if (answer.replayed) replays++
        } catch (failure) {
          const isRefused = failure instanceof ApiFailure && !failure.retryable
          recorder.record({ ...said, phase: isRefused ? 'fail' : 'info', t: recorder.now() })
          if (isRefused) run.violate({ check: 'double', detail: `a twin of ${id} was refused: ${failure}` })
        }
      }),
    )
  }
  for (const ego of elsewhere) ego.stop()
  run.figure('twins', `${ids} ids × ${copies}`)
  run.figure('answered with the first result', replays)
}

/** The same person at another process, not recorded. */
async function alterEgo(run: Run, cast: Cast, of: Operator, base: string): Promise<Operator> {
  const recorder = { ...run.recorder, record: () => undefined }
  const login = { ...cast.stage.owner, id: of.id }
  return createOperator({ recorder, name: of.name, base, login, cookie: of.cookie })
}

/** A stranger whose first message arrives many times at once becomes one contact with one conversation. */
async function startTwins(run: Run, cast: Cast, origins: readonly string[]): Promise<void> {
  const silent = { ...run.recorder, record: () => undefined }
  const { stage } = cast
  const { widgetKey } = stage
  const strangers = bySize(run.options.size, { test: 3, small: 10, full: 50 })
  for (let count = 0; count < strangers; count++) {
    const egos = origins.map((base) => createContact({ recorder: silent, name: 'stranger', base, widgetKey }))
    const [one] = egos
    if (!one) return
    const two = createContact({
      recorder: silent,
      name: 'stranger',
      base: origins[1] ?? '',
      widgetKey,
      token: one.token,
    })
    const body = { id: randomUUID(), widgetKey, message: { id: randomUUID(), text: newText() } }
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, (_, copy) => (copy % 2 ? one : two).api.call(startConversation, { body })),
    )
    for (const ego of [...egos, two]) ego.stop()
    for (const answer of answers) {
      if (answer.status === 'rejected' && !(answer.reason as ApiFailure).retryable)
        run.violate({ check: 'double', detail: `a twin of a first message was refused: ${answer.reason}` })
    }
    const [row] = await stage.sql<{ contacts: string; entries: string }>(
      `select count(distinct c.contact_id) as contacts, count(*) as entries
       from conversations c join entries e on e.conversation_id = c.id where c.id = $1`,
      [body.id],
    )
    if (Number(row?.contacts) !== 1 || Number(row?.entries) !== 1)
      run.violate({
        check: 'double',
        detail: `${row?.contacts} contacts, ${row?.entries} messages of one start`,
      })
  }
  const [lone] = await stage.sql<{ count: string }>(
    'select count(*) from contacts k where not exists (select from conversations c where c.contact_id = k.id)',
  )
  if (Number(lone?.count) > 0)
    run.violate({ check: 'phantom', detail: `${lone?.count} contacts were made without a conversation` })
  run.figure('first messages of strangers, 10 twins each', strangers)
}

/** What may and may not be said again under an id. */
async function playCases(run: Run, cast: Cast, origins: readonly string[]): Promise<void> {
  const { stage, operators, talks } = cast
  const [owner, other] = operators
  const [first, second, third, fourth] = talks
  if (!owner || !other || !first || !second || !third || !fourth) throw new Error('Nobody is there.')
  const by = (operator: Operator, conv: string, body: { id: string; text: string }): Call => {
    return async () => {
      const { packet, replayed } = await operator.api.call(sendMessage, {
        params: { conversationId: conv },
        body,
      })
      return { n: packet.entries.find((entry) => entry.id === body.id)?.seq ?? 0, replayed }
    }
  }
  const byContact = (contact: Contact, conv: string, body: { id: string; text: string }): Call => {
    return async () => {
      const { packet, replayed } = await contact.api.call(writeMessage, {
        params: { conversationId: conv },
        body,
      })
      return { n: packet.entries.find((entry) => entry.id === body.id)?.seq ?? 0, replayed }
    }
  }
  const cases = createCases(run, cast)
  const ours = { id: randomUUID(), text: newText() }
  const theirs = { id: randomUUID(), text: newText() }
  const n = await cases.first('operator', by(owner, first.id, ours), {
    ...ours,
    conv: first.id,
    by: owner.name,
  })
  const m = await cases.first('contact', byContact(first.contact, first.id, theirs), {
    ...theirs,
    conv: first.id,
    by: first.contact.name,
  })
  await cases.replays('same id, same body', by(owner, first.id, ours), n)
  await cases.replays('same id, same body, of a contact', byContact(first.contact, first.id, theirs), m)
  await cases.refuses(
    'same id, other body',
    by(owner, first.id, { ...ours, text: 'other' }),
    'create.id_reused',
  )
  await cases.refuses('same id, other conversation', by(owner, third.id, ours), 'create.id_reused')
  await cases.refuses(
    'same id, other contact',
    byContact(second.contact, second.id, theirs),
    'create.id_reused',
  )
  await cases.refuses('same id, other operator', by(other, first.id, ours), 'create.id_reused')
  const again = await alterEgo(
    run,
    cast,
    { ...owner, cookie: await logIn(origins[0] ?? '', stage.owner) },
    origins[0] ?? '',
  )
  await cases.replays('same id, new session', by(again, first.id, ours), n)
  const beside = await alterEgo(run, cast, owner, origins[1] ?? '')
  await cases.replays('same id, other process', by(beside, first.id, ours), n)
  const early = { id: randomUUID(), text: newText() }
  await cases.refuses('a refused attempt …', by(other, third.id, early), 'conversation.not_yours')
  await assign(cast, third, { to: other, from: owner.id })
  await cases.first('… does not use its id up', by(other, third.id, early), {
    ...early,
    conv: third.id,
    by: other.name,
  })
  await cases.refuses(
    'an empty message …',
    by(other, third.id, { id: randomUUID(), text: '  ' }),
    'request.invalid',
  )
  await owner.api.call(endConversation, { params: { conversationId: first.id }, body: { id: randomUUID() } })
  await cases.replays('same id, after the conversation ended', by(owner, first.id, ours), n)
  for (const node of stage.nodes) {
    run.begin('restart')
    await node.stop()
    await node.start()
    run.end('restart')
  }
  await cases.replays('same id, after restarts', by(beside, first.id, ours), n)
  for (const ego of [again, beside]) ego.stop()
  run.figure('cases', cases.count())
}

function createCases(run: Run, { recorder }: Cast) {
  let count = 0
  const wrong = (name: string, what: string) => run.violate({ check: 'double', detail: `${name}: ${what}` })
  return {
    count: () => count,
    async first(name: string, call: Call, said: { id: string; text: string; conv: string; by: string }) {
      count++
      const event = { op: 'send', by: said.by, conv: said.conv, id: said.id } as const
      recorder.record({ ...event, phase: 'invoke', t: recorder.now(), text: said.text })
      const { n, replayed } = await call()
      const view = said.by.startsWith('operator:') ? 'operator' : 'contact'
      recorder.record({ ...event, phase: 'ok', t: recorder.now(), n, view })
      if (replayed) wrong(name, 'the first is called a repetition')
      return n
    },
    async replays(name: string, call: Call, n: number) {
      count++
      const answer = await call().catch((failure: unknown) => String(failure))
      if (typeof answer === 'string') wrong(name, answer)
      else if (!answer.replayed || answer.n !== n) wrong(name, `${JSON.stringify(answer)} instead of ${n}`)
    },
    async refuses(name: string, call: Call, code: string) {
      count++
      const answer = await call().then(
        () => 'was taken',
        (failure: ApiFailure) => failure.code,
      )
      if (answer !== code) wrong(name, `${answer} instead of ${code}`)
    },
  }
}
