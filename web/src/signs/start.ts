import { serverNow } from '@foyer/client/clock.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import type { ServerFrame } from '@foyer/contract/protocol.ts'
import type { SignColumn, SignKind, SignSettings, SoundName } from '@foyer/contract/signs.ts'
import type { Lists } from '../list-cache.ts'
import type { DeskLive } from '../sync.ts'
import { readKept, writeKept } from '../ui/kept.ts'
import { alarmTimes } from './alarm.ts'
import { decide } from './decide.ts'
import { createNotes, type Notes } from './notes.ts'
import { createPlayer } from './player.ts'
import { createTabs, type Tabs } from './tabs.ts'

/** What a notification is about: something that happened, somebody who waits too long, or all that came while away. */
export type Told =
  | { what: SignKind; by: string | null; head: Head }
  | { what: 'alarm'; head: Head; ms: number }
  | { what: 'back'; count: number }

export type SignsOptions = {
  live: DeskLive
  lists: Lists
  meId: string
  /** Undefined until they were read: nothing is heard or shown before. */
  settings: () => SignSettings | undefined
  words: (told: Told) => { title: string; body: string }
  /** Goes to a conversation, or to the inbox. */
  open: (conversationId: string | null) => void
}

export type Signs = {
  /** Plays a sound for who is choosing one. */
  hear(name: SoundName): void
  /** What is before somebody's eyes may have changed. */
  look(): void
  /** What tells of a conversation was read, here or elsewhere. */
  close(conversationId: string): void
  /** The settings may have changed. */
  renew(): void
  shown(): string[]
  /** Whether a sound was due that the browser kept from being heard. */
  isBlocked(): boolean
  subscribe(listener: () => void): () => void
  unblock(): void
  stop(): void
}

export const volumeKey = 'volume'
export const usualVolume = 0.7
/** A tab that cannot be heard leaves others so much time to come first. */
const giveWayMs = 400
/** Sounds that come together are one. */
const gapMs = 700
/** After a cut, so long until the lists are read again. */
const settleMs = 2_500

/** Makes signs of what happens, for as long as somebody is logged in. */
export function startSigns(options: SignsOptions): Signs {
  const { live, lists, meId, settings, words, open } = options
  const player = createPlayer()
  const tabs: Tabs = createTabs(meId)
  const notes: Notes = createNotes({
    live,
    tabs,
    isFollowed: ({ assigneeId }) => assigneeId === null || assigneeId === meId,
    open,
  })
  const listeners = new Set<() => void>()
  let blocked = false
  let ticker: Worker | null = null
  let checkedAt = 0
  let before: ReadonlyMap<string, Head> | null = null
  let backTimer: ReturnType<typeof setTimeout> | undefined
  /** Conversations of which was told since the line came back. */
  const toldOf = new Set<string>()

  function setBlocked(next: boolean): void {
    if (blocked === next) return
    blocked = next
    for (const listener of [...listeners]) listener()
  }

  async function claim(key: string): Promise<boolean> {
    if (!player.mayPlay()) await new Promise((done) => setTimeout(done, giveWayMs))
    return tabs.claim(key)
  }

  async function sound(name: SoundName): Promise<void> {
    const last = readKept<number>('sounded') ?? 0
    if (volume() === 0 || Math.abs(serverNow() - last) < gapMs) return
    writeKept('sounded', serverNow())
    const isHeard = await player.play(name, volume())
    if (!isHeard) setBlocked(true)
  }

  function decideHere(kind: SignKind, column: SignColumn, conversationId: string) {
    const chosen = settings()
    return chosen
      ? decide({ kind, column }, chosen, { inView: tabs.isInView(conversationId), granted: isGranted() })
      : { sound: false, notification: false }
  }

  async function happened(sign: Extract<ServerFrame, { type: 'sign' }>): Promise<void> {
    const { kind, column, head, n, by } = sign
    toldOf.add(head.id)
    const wanted = decideHere(kind, column, head.id)
    if (!wanted.sound && !wanted.notification) return
    if (!(await claim(`${head.id}:${n}:${kind}`))) return
    if (wanted.notification) notes.show(head, words({ what: kind, by, head }))
    const name = settings()?.sound
    if (wanted.sound && name) await sound(name)
  }

  function waitingRows(): Map<string, Head> {
    const rows = [lists.firstPage('mine'), lists.firstPage('unassigned')]
    return new Map(rows.flatMap((list) => list?.page?.items ?? []).map((head) => [head.id, head]))
  }

  /** What came while the line was cut makes one sign together. */
  async function sumUp(had: ReadonlyMap<string, Head>): Promise<void> {
    const wanted = [...waitingRows().values()].flatMap((head) => {
      const old = had.get(head.id)
      const isNews =
        head.waitingSince !== null &&
        head.preview?.author === 'contact' &&
        (old === undefined || head.lastAt > old.lastAt) &&
        !toldOf.has(head.id)
      if (!isNews) return []
      const isMine = head.assigneeId === meId
      const kind = isMine || old ? 'message' : 'new'
      const signs = decideHere(kind, isMine ? 'mine' : 'group', head.id)
      return signs.sound || signs.notification ? [{ head, kind, signs } as const] : []
    })
    const [first] = wanted
    if (!first) return
    const key = wanted.map(({ head }) => `${head.id}:${head.n}`).sort()
    if (!(await claim(key.length > 1 ? `back:${key.join()}` : `${key[0]}:back`))) return
    if (wanted.some(({ signs }) => signs.notification)) {
      const told =
        wanted.length === 1
          ? ({ what: first.kind, by: null, head: first.head } as const)
          : ({ what: 'back', count: wanted.length } as const)
      notes.show(first.head, words(told))
    }
    const name = settings()?.sound
    if (name && wanted.some(({ signs }) => signs.sound)) await sound(name)
  }

  /** The alarms that have come due since they were looked at last. */
  async function checkAlarms(): Promise<void> {
    const chosen = settings()
    const now = serverNow()
    const since = checkedAt
    checkedAt = now
    if (!chosen?.alarm.on || chosen.silenced) return
    const due = (lists.firstPage('mine')?.page?.items ?? []).filter((head) => {
      if (head.waitingSince === null || head.assigneeId !== meId || head.state === 'ended') return false
      const { last } = alarmTimes(Date.parse(head.waitingSince), chosen.alarm, now)
      return last !== null && last > since
    })
    const claims = due.map((head) => {
      const { last } = alarmTimes(Date.parse(head.waitingSince ?? ''), chosen.alarm, now)
      return claim(`${head.id}:alarm:${last}`)
    })
    const mine = await Promise.all(claims)
    const told = due.filter((_, index) => mine[index])
    if (told.length === 0) return
    if (isGranted() && chosen.shown.mine.includes('message'))
      for (const head of told)
        notes.show(head, words({ what: 'alarm', head, ms: now - Date.parse(head.waitingSince ?? '') }))
    await sound(chosen.alarm.sound)
  }

  function renew(): void {
    const isOn = Boolean(settings()?.alarm.on && !settings()?.silenced)
    if (isOn && !ticker) {
      checkedAt = serverNow()
      ticker = new Worker(new URL('./ticker.ts', import.meta.url), { type: 'module' })
      ticker.onmessage = () => void checkAlarms()
    } else if (!isOn) {
      ticker?.terminate()
      ticker = null
    }
  }

  function receive(frame: ServerFrame): void {
    if (frame.type === 'sign') void happened(frame)
    // Operators' sockets carry operators' heads.
    else if (frame.type === 'head') notes.settle(frame.head as Head)
    else if (frame.type === 'packet') notes.settle(frame.packet.head as Head)
  }

  let status = live.status()
  const stops = [
    live.onFrame(receive),
    live.subscribe(() => {
      const now = live.status()
      if (now === status) return
      if (status === 'live') before ??= waitingRows()
      status = now
      const had = before
      if (now !== 'live' || !had) return
      before = null
      toldOf.clear()
      clearTimeout(backTimer)
      backTimer = setTimeout(() => void sumUp(had), settleMs)
    }),
  ]
  // Whoever touches the page lets it be heard: what was held back is heard then, wherever they press.
  const touched = () => {
    if (!blocked || !player.mayPlay()) return
    setBlocked(false)
    const name = settings()?.sound
    if (name) void player.play(name, volume())
  }
  for (const event of ['click', 'keyup']) window.addEventListener(event, touched)

  return {
    hear: (name) => void player.play(name, volume()),
    look: tabs.look,
    close: notes.close,
    renew,
    shown: notes.shown,
    isBlocked: () => blocked,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    unblock: touched,
    stop() {
      for (const stop of stops) stop()
      clearTimeout(backTimer)
      ticker?.terminate()
      notes.stop()
      tabs.stop()
      for (const event of ['click', 'keyup']) window.removeEventListener(event, touched)
    },
  }
}

const volume = () => readKept<number>(volumeKey) ?? usualVolume

function isGranted(): boolean {
  return typeof Notification !== 'undefined' && Notification.permission === 'granted'
}
