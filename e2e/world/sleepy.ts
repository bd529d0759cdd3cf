import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserPath } from '../../browser-path.ts'

/** A tab of such a browser. */
export type Tab = {
  run<Value>(expression: string): Promise<Value>
  /** How many sockets it has opened so far. */
  sockets(): number
}

/**
 * A browser that treats hidden tabs as people's browsers do, only sooner: after five seconds their timers run once a minute.
 * The tool of the other tests makes every tab believe that it is looked at, so this one is driven without it.
 */
export type SleepyBrowser = AsyncDisposable & {
  open(url: string, prepare?: { cookie?: string; storage?: Record<string, string> }): Promise<Tab>
  /** The browser gets no time at all, as on a laptop that sleeps. */
  stop(): void
  goOn(): void
}

type Reply = { id?: number; method?: string; sessionId?: string; params?: unknown; result?: unknown }

export async function openSleepyBrowser(): Promise<SleepyBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'foyer-sleepy-'))
  const child = spawn(
    browserPath(),
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/5',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  const group = -(child.pid ?? 0)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const address = await new Promise<string>((resolve) => {
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk
      const found = /ws:\/\/\S+/.exec(said)
      if (found) resolve(found[0])
    })
  })
  const wire = new WebSocket(address)
  await new Promise((resolve) => wire.addEventListener('open', resolve))
  const waiting = new Map<number, (reply: Reply) => void>()
  const sockets = new Map<string, number>()
  let last = 0
  wire.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    if (reply.id) waiting.get(reply.id)?.(reply)
    else if (reply.method === 'Network.webSocketCreated' && reply.sessionId)
      sockets.set(reply.sessionId, (sockets.get(reply.sessionId) ?? 0) + 1)
  })
  function send<Result>(method: string, params: object, sessionId?: string): Promise<Result> {
    const id = ++last
    wire.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }))
    // What a command of the protocol answers is known to whoever sends it.
    return new Promise((resolve) => waiting.set(id, ({ result }) => resolve(result as Result)))
  }

  return {
    async open(url, { cookie, storage = {} } = {}) {
      const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
      const attached = { targetId, flatten: true }
      const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', attached)
      await send('Network.enable', {}, sessionId)
      await send('Page.enable', {}, sessionId)
      const [name, value] = cookie?.split('=') ?? []
      if (name) await send('Network.setCookie', { name, value, url, httpOnly: true }, sessionId)
      const kept = Object.entries(storage).map(
        (pair) => `localStorage.setItem(${pair.map((part) => JSON.stringify(part)).join(',')})`,
      )
      const source = kept.join(';')
      await send('Page.addScriptToEvaluateOnNewDocument', { source }, sessionId)
      await send('Page.navigate', { url }, sessionId)
      return {
        async run<Value>(expression: string) {
          const asked = { expression, awaitPromise: true, returnByValue: true }
          const { result } = await send<{ result: { value: Value } }>('Runtime.evaluate', asked, sessionId)
          return result.value
        },
        sockets: () => sockets.get(sessionId) ?? 0,
      }
    },
    stop: () => void process.kill(group, 'SIGSTOP'),
    goOn: () => void process.kill(group, 'SIGCONT'),
    async [Symbol.asyncDispose]() {
      wire.close()
      process.kill(group, 'SIGKILL')
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
