import { closeCodes, protocolVersion, type ServerFrame } from '@foyer/contract/protocol.ts'
import type { ClientFrame } from '@foyer/contract/socket.ts'
import { ApiFailure } from './api.ts'
import { backoff } from './backoff.ts'
import { elapsed, learnServerTime } from './clock.ts'
import { createPulse } from './pulse.ts'
import { startTicks } from './ticks.ts'

export type LineStatus = 'connecting' | 'live' | 'offline' | 'stopped'
/** Why a connection stopped for good: the rights ended, or this build is too old. */
export type StopReason = 'unauthorized' | 'version' | 'closed'

export type LineOptions = {
  /** Full address of the socket (ws: or wss:). */
  url: string
  build: string
  /** What proves who we are; asked anew for every connection, and given up with it. */
  hello: (signal: AbortSignal) => Promise<{ ticket: string } | { contactToken: string; widgetKey: string }>
  /** The line is away, and it is tried again: what still waits for an answer must not be in the way. */
  trying?: () => void
}

/** One try to get through. */
type Attempt = {
  begunAt: number
  socket: WebSocket | null
  /** Until when its socket must open, or be welcomed. */
  by: number
  greetedAt: number
  giveUp: AbortController
}

/** A request that got no answer by then, on a dead connection perhaps, does not keep the next from beginning beside it. */
const besideMs = 2_500
const mostAttempts = 4
/**
 * A socket that does not open by then makes way, because browsers open them to a server one by one. Where the request
 * before it took long, the line is slow, and it gets longer; where none was needed, every fourth does.
 */
const openMs = 4_500
const slowOpenMs = 12_000
/** A server that took the socket is slow, not away: it gets this long for its welcome. */
const welcomeMs = 15_000
/** So long after a cut it is tried again every few seconds, from then on less often. */
const eagerMs = 10 * 60_000
const eagerWaitMs = 3_000
/** Where the system says that there is no network, an answer that comes at all comes by then. */
const unpluggedMs = 1_000
/** A line that was heard of within this is not doubted because a page was looked at. */
const lookedAtMs = 10_000

/** Keeps one socket to the server open: proves who we are, notices a dead line, and comes back by itself. */
export function createLine(
  options: LineOptions & {
    /** The server has let us in; comes before the status is told. */
    welcomed: () => void
    frame: (frame: ServerFrame) => void
    /** The status or the time of the next try is another one. */
    changed: () => void
    /** Sends the ping that shows whether the line is alive. */
    ping: () => void
    tick: () => void
  },
) {
  let status: LineStatus = 'connecting'
  let reason: StopReason | null = null
  /** The try that was welcomed. */
  let current: Attempt | null = null
  let attempts: readonly Attempt[] = []
  let failures = 0
  let sockets = 0
  let cutAt = elapsed()
  let nextAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let hint: number | null = null
  let pingedAt = 0
  const pulse = createPulse({
    ping() {
      pingedAt = elapsed()
      options.ping()
    },
    dead: () => lost(),
    woke: () => retryNow(),
  })
  const stopTicks = startTicks(() => {
    pulse.tick()
    goOn()
    options.tick()
  })
  const unfollow = followPage({
    looked: look,
    online() {
      retryNow()
      pulse.doubt(0)
    },
    offline: unplugged,
  })
  begin()

  function setStatus(next: LineStatus): void {
    status = next
    options.changed()
  }

  function begin(): void {
    if (status === 'stopped' || current) return
    if (status === 'offline') options.trying?.()
    const attempt: Attempt = {
      begunAt: elapsed(),
      socket: null,
      by: 0,
      greetedAt: 0,
      giveUp: new AbortController(),
    }
    if (attempts.length >= mostAttempts) end(attempts[0])
    attempts = [...attempts, attempt]
    wake(attempt.begunAt + besideMs)
    void open(attempt)
  }

  async function open(attempt: Attempt): Promise<void> {
    let proof: Awaited<ReturnType<LineOptions['hello']>>
    try {
      proof = await options.hello(attempt.giveUp.signal)
    } catch (failure) {
      if (!attempts.includes(attempt)) return
      if (failure instanceof ApiFailure && failure.status === 401) return stop('unauthorized')
      return failed(attempt)
    }
    if (!attempts.includes(attempt)) return
    // What the others still wait for is of no use any more.
    for (const other of attempts) if (other !== attempt) end(other)
    const took = elapsed() - attempt.begunAt
    const isFourth = ++sockets % 4 === 0
    attempt.by = elapsed() + (took < 5 && isFourth ? slowOpenMs : Math.max(openMs, 6 * took))
    wake(attempt.by)
    const socket = new WebSocket(options.url)
    attempt.socket = socket
    socket.onopen = () => {
      attempt.greetedAt = elapsed()
      attempt.by = attempt.greetedAt + welcomeMs
      const hello = { type: 'hello', protocol: protocolVersion, build: options.build, ...proof } as const
      socket.send(JSON.stringify(hello satisfies ClientFrame))
    }
    socket.onmessage = (message) => {
      if (attempts.includes(attempt)) receive(attempt, JSON.parse(String(message.data)) as ServerFrame)
    }
    socket.onclose = ({ code }) => {
      if (!attempts.includes(attempt)) return
      if (code === closeCodes.unauthorized || code === closeCodes.revoked) return stop('unauthorized')
      if (code === closeCodes.version) return stop('version')
      if (attempt === current) lost()
      else failed(attempt)
    }
  }

  function receive(attempt: Attempt, frame: ServerFrame): void {
    if (frame.type === 'welcome') {
      if (current) return end(attempt)
      learnServerTime(Date.parse(frame.now), attempt.greetedAt)
      welcome(attempt)
    }
    if (attempt !== current) return
    pulse.heard()
    if (frame.type === 'pong' && frame.now) learnServerTime(Date.parse(frame.now), pingedAt)
    if (frame.type === 'stopping') hint = frame.retryAfterMs
    options.frame(frame)
  }

  function welcome(attempt: Attempt): void {
    current = attempt
    for (const other of attempts) if (other !== attempt) end(other)
    clearTimeout(timer)
    failures = 0
    pulse.opened()
    status = 'live'
    options.welcomed()
    options.changed()
  }

  /** The line that stood is gone. */
  function lost(): void {
    if (!current) return
    const dead = current
    current = null
    pulse.closed()
    cutAt = elapsed()
    end(dead)
    wait()
  }

  function failed(attempt: Attempt): void {
    end(attempt)
    wait()
  }

  function wait(): void {
    const ceiling = elapsed() - cutAt < eagerMs ? eagerWaitMs : undefined
    wake(elapsed() + (hint ?? backoff(failures++, ceiling)))
    hint = null
    setStatus('offline')
  }

  /** Lets an attempt fall, whatever becomes of it. */
  function end(attempt: Attempt | undefined): void {
    if (!attempt) return
    attempts = attempts.filter((other) => other !== attempt)
    attempt.giveUp.abort()
    attempt.socket?.close()
  }

  function wake(at: number): void {
    nextAt = at
    clearTimeout(timer)
    timer = setTimeout(goOn, Math.max(0, at - elapsed()))
  }

  /** Does what is due; called by a timer, and by the ticks where timers come late. */
  function goOn(): void {
    if (status === 'stopped' || current || elapsed() < nextAt) return
    const newest = attempts.at(-1)
    if (newest?.socket && elapsed() < newest.by) return wake(newest.by)
    if (newest?.socket) end(newest)
    if (newest && status === 'connecting') setStatus('offline')
    begin()
    options.changed()
  }

  function retryNow(): void {
    if (status !== 'offline') return
    const newest = attempts.at(-1)
    if (!newest || elapsed() - newest.begunAt > 500) begin()
    options.changed()
  }

  function look(): void {
    retryNow()
    pulse.doubt(lookedAtMs)
  }

  function unplugged(): void {
    pulse.doubt(0, unpluggedMs)
    setTimeout(pulse.tick, unpluggedMs + 50)
  }

  function stop(why: StopReason): void {
    if (status === 'stopped') return
    reason = why
    stopTicks()
    unfollow()
    clearTimeout(timer)
    pulse.closed()
    status = 'stopped'
    current = null
    for (const attempt of attempts) end(attempt)
    options.changed()
  }

  return {
    status: () => status,
    stopReason: () => reason,
    /** When the next try is due, of the steady clock; null while one is under way or none is needed. */
    retryAt: () => (status === 'offline' && attempts.length === 0 ? nextAt : null),
    retryNow,
    /** To be told when something else did not get through. */
    doubt: () => pulse.doubt(lookedAtMs),
    send(frame: ClientFrame): void {
      if (current?.socket?.readyState === WebSocket.OPEN) current.socket.send(JSON.stringify(frame))
    },
    stop,
  }
}

/** Tells when somebody looks at the page, and what the system says of the network. */
function followPage(on: { looked: () => void; online: () => void; offline: () => void }): () => void {
  if (typeof window === 'undefined') return () => undefined
  const seen = () => document.visibilityState === 'visible' && on.looked()
  const events: [EventTarget, string, () => void][] = [
    [window, 'online', on.online],
    [window, 'offline', on.offline],
    [window, 'focus', on.looked],
    [window, 'pageshow', on.looked],
    [document, 'visibilitychange', seen],
    [document, 'resume', on.looked],
  ]
  for (const [target, event, listener] of events) target.addEventListener(event, listener)
  return () => {
    for (const [target, event, listener] of events) target.removeEventListener(event, listener)
  }
}
