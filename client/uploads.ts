import type { FileShown, Voice } from '@foyer/contract/entries/file.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'
import { largestFile } from '@foyer/contract/file-facts.ts'
import { ApiFailure } from './api.ts'
import { backoff } from './backoff.ts'
import { createCarriage, FileGone, outcomeOf, type UploadRoutes } from './carry.ts'
import { serverNow } from './clock.ts'
import { newId } from './ids.ts'
import type { KeptFiles } from './kept-files.ts'
import type { OutboxFiles, OutboxStorage } from './outbox.ts'

/**
 * waiting: for its turn, or for a line · sending · checking: the server looks at what has arrived · done: it can be part of a
 * message · refused: the server will not have it · missing: the browser no longer has it, it must be chosen again.
 */
export type UploadState = 'waiting' | 'sending' | 'checking' | 'done' | 'refused' | 'missing'

/** A file that somebody chose, until it is part of a message that the server has. */
export type Upload = {
  id: string
  /** Where it was chosen: a conversation's id, or another name for a place that is none yet. */
  place: string
  name: string
  type: string
  bytes: number
  /** Of a picture, in pixels as it is shown; absent until it has been looked at. */
  width?: number
  height?: number
  /** When it was chosen, in milliseconds since 1970 by the server's clock; for order only. */
  at: number
  state: UploadState
  /** How much has gone out, from 0 to 1. */
  fraction: number
  error?: ErrorCode | 'network'
  /** It belongs to a message in the outbox. */
  isTaken?: boolean
  /** Of a voice message: what its recorder knows of it. */
  voice?: Voice
  /** What the message will hold, once it is done. */
  file?: FileShown
}

export type Uploads = OutboxFiles & {
  items(): readonly Upload[]
  /** Adds files in the order in which they were chosen. `voice`: they are one recording. */
  add(place: string, files: readonly File[], voice?: Voice): readonly Upload[]
  /** Gives one that is missing its file again; false when it is another file. */
  choose(id: string, file: File): boolean
  /** They belong to a message from now on; answers what it shows of them. */
  take(ids: readonly string[]): readonly FileShown[]
  /** They belong to no message any more: it was taken back. */
  giveBack(ids: readonly string[]): void
  /** The address of a picture's own bytes in this page; null for what is none, or was chosen before a reload. */
  preview(id: string): string | null
  /** Another tab has changed what is kept under this name. */
  kept(name: string | null): void
  subscribe(listener: () => void): () => void
  /** Tries what waits at once; called when the connection is back. */
  wake(): void
  stop(): void
}

/** So many are under way at once; the others wait for their turn. */
const atOnce = 2
/** More often than this it is no accident that what arrives is not what was sent. */
const mostMends = 3
/** The pictures whose bytes are held for as long as the page lives. */
const mostPreviews = 40

/**
 * Brings files to the server while whoever chose them goes on. What has arrived stays there: after a cut line, a reload or a
 * restart of the server only the missing parts are sent. Trouble that passes is tried again without end.
 */
export function createUploads(options: {
  /** Where it is kept which files there are, each under its own key; null: in memory. */
  storage: OutboxStorage
  storageKey: string
  routes: UploadRoutes
  /** Where their bytes are kept; null: in memory. */
  files: KeptFiles | null
  /** How large a picture is; null for what is none. */
  measure?: (address: string) => Promise<{ width: number; height: number } | null>
}): Uploads {
  const { storage, storageKey, routes } = options
  let items: readonly Upload[] = load()
  const listeners = new Set<() => void>()
  const bytes = new Map<string, Blob>()
  const previews = new Map<string, string>()
  /** What is under way, and how to give it up. */
  const carried = new Map<string, AbortController>()
  /** Those of which the server may know. */
  const begun = new Set(items.map(({ id }) => id))
  /** What failed without anything getting through in between, and what was sent again because it had not arrived well. */
  const attempts = new Map<string, number>()
  const mends = new Map<string, number>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let stopped = false
  queueMicrotask(pump)

  function load(): readonly Upload[] {
    try {
      const kept: Upload[] = []
      for (let index = 0; index < (storage?.length ?? 0); index++) {
        const upload = read(storage?.key(index) ?? null)
        if (upload) kept.push(upload)
      }
      return kept.sort((a, b) => a.at - b.at)
    } catch {
      return []
    }
  }

  /** What is kept under a name, as far as it is one of ours. */
  function read(name: string | null): Upload | null {
    if (!name?.startsWith(`${storageKey}:`)) return null
    const kept = JSON.parse(storage?.getItem(name) ?? 'null') as Upload | null
    if (!kept) return null
    const isUnderWay = kept.state === 'sending' || kept.state === 'checking'
    return isUnderWay ? { ...kept, state: 'waiting' } : kept
  }

  function keyOf(id: string): string {
    return `${storageKey}:${id}`
  }

  function show(next: readonly Upload[]): void {
    items = next
    for (const listener of [...listeners]) listener()
  }

  function save(upload: Upload): void {
    try {
      const { fraction: _, ...kept } = upload
      storage?.setItem(keyOf(upload.id), JSON.stringify({ ...kept, fraction: upload.file ? 1 : 0 }))
    } catch {
      // Storage is full or blocked: it lives on in memory.
    }
  }

  function change(id: string, next: Partial<Upload>): void {
    const before = items.find((item) => item.id === id)
    if (!before) return
    const after = { ...before, ...next }
    if (next.error === undefined && next.state !== undefined) delete after.error
    const isMore = Object.keys(next).some((key) => key !== 'fraction')
    if (isMore) save(after)
    show(items.map((item) => (item.id === id ? after : item)))
  }

  function forget(ids: readonly string[]): void {
    for (const id of ids) {
      clearTimeout(timers.get(id))
      timers.delete(id)
      attempts.delete(id)
      carried.get(id)?.abort()
      bytes.delete(id)
      void options.files?.remove(id)
      try {
        storage?.removeItem(keyOf(id))
      } catch {
        // Blocked meanwhile.
      }
    }
    show(items.filter((item) => !ids.includes(item.id)))
    pump()
  }

  function pump(): void {
    if (stopped) return
    for (const item of items) {
      if (carried.size >= atOnce) return
      if (item.state === 'waiting' && !carried.has(item.id) && !timers.has(item.id)) void carry(item)
    }
  }

  async function carry(upload: Upload): Promise<void> {
    const giveUp = new AbortController()
    carried.set(upload.id, giveUp)
    try {
      await alone(keyOf(upload.id), giveUp.signal, () => bring(upload.id, giveUp.signal))
    } catch (failure) {
      if (!giveUp.signal.aborted) fail(upload.id, failure)
    } finally {
      carried.delete(upload.id)
      pump()
    }
  }

  /** Brings one there, as long as no other tab has done so meanwhile. */
  async function bring(id: string, signal: AbortSignal): Promise<void> {
    if (storage && !follow(keyOf(id))) return
    const upload = items.find((item) => item.id === id)
    if (upload?.state !== 'waiting') return
    const file = bytes.get(id) ?? (await options.files?.get(id)) ?? null
    signal.throwIfAborted()
    if (!file || file.size !== upload.bytes) throw new FileGone()
    bytes.set(id, file)
    change(id, { state: 'sending' })
    const done = await createCarriage({
      upload: { id, place: upload.place, name: upload.name, bytes: upload.bytes },
      voice: upload.voice,
      file,
      routes,
      progress(sent) {
        begun.add(id)
        if (signal.aborted) return
        attempts.delete(id)
        change(id, { fraction: sent / upload.bytes })
      },
      checking: () => change(id, { state: 'checking', fraction: 1 }),
    }).run(signal)
    attempts.delete(id)
    mends.delete(id)
    change(id, { state: 'done', fraction: 1, file: done })
    bytes.delete(id)
    void options.files?.remove(id)
  }

  function fail(id: string, failure: unknown): void {
    if (failure instanceof FileGone) return change(id, { state: 'missing' })
    const known = failure instanceof ApiFailure ? failure : null
    // Without a session it waits for the same person to come back.
    if (known?.status === 401) return change(id, { state: 'waiting', error: known.code })
    const outcome = outcomeOf(failure)
    const mend = (mends.get(id) ?? 0) + (outcome === 'mends' ? 1 : 0)
    mends.set(id, mend)
    if (outcome === 'stays' || mend > mostMends)
      return change(id, { state: 'refused', error: known?.code ?? 'network' })
    const attempt = attempts.get(id) ?? 0
    attempts.set(id, attempt + 1)
    change(id, { state: 'waiting', error: known?.code ?? 'network' })
    const wait = Math.max(known?.retryAfterMs ?? 0, backoff(attempt))
    timers.set(
      id,
      setTimeout(() => {
        timers.delete(id)
        pump()
      }, wait),
    )
  }

  /** Takes what another tab, or this one, has kept under a name; false when it is gone. */
  function follow(name: string): boolean {
    const id = name.slice(storageKey.length + 1)
    const here = items.find((item) => item.id === id)
    const kept = read(name)
    if (!kept) {
      if (here) forget([id])
      return false
    }
    if (!here) show([...items, kept].sort((a, b) => a.at - b.at))
    else if (!carried.has(id) || kept.state === 'done')
      show(items.map((item) => (item === here ? kept : item)))
    return true
  }

  async function look(upload: Upload, file: Blob): Promise<void> {
    if (
      !/^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(upload.type) ||
      typeof URL.createObjectURL !== 'function'
    )
      return
    const address = URL.createObjectURL(file)
    previews.set(upload.id, address)
    const [oldest] = previews
    if (oldest && previews.size > mostPreviews) hide(oldest[0])
    const size = await options.measure?.(address)
    if (size) change(upload.id, size)
    else hide(upload.id)
  }

  function hide(id: string): void {
    const address = previews.get(id)
    if (!address) return
    URL.revokeObjectURL(address)
    previews.delete(id)
    show([...items])
  }

  return {
    items: () => items,
    add(place, files, voice) {
      const added = files.map((file, index): Upload => {
        const upload: Upload = {
          id: newId(),
          place,
          name: file.name,
          type: file.type,
          bytes: file.size,
          ...(voice ? { voice } : {}),
          at: Math.max(serverNow(), (items.at(-1)?.at ?? 0) + 1) + index,
          // What cannot succeed is not begun.
          ...(file.size > largestFile ? { state: 'refused', error: 'file.too_large' } : { state: 'waiting' }),
          fraction: 0,
        }
        bytes.set(upload.id, file)
        save(upload)
        return upload
      })
      show([...items, ...added])
      for (const [index, upload] of added.entries()) {
        const file = files[index]
        if (!file) continue
        void options.files?.put(upload.id, file)
        void look(upload, file)
      }
      pump()
      return added
    },
    drop(ids) {
      for (const id of ids) hide(id)
      forget(ids)
      // Nobody misses them; what stays there goes by itself.
      for (const id of ids) if (begun.delete(id)) routes.drop(id).catch(() => undefined)
    },
    retry(ids) {
      for (const id of ids) {
        const upload = items.find((item) => item.id === id)
        if (
          !upload ||
          upload.bytes > largestFile ||
          upload.state === 'sending' ||
          upload.state === 'checking'
        )
          continue
        clearTimeout(timers.get(id))
        timers.delete(id)
        mends.delete(id)
        change(id, { state: 'waiting' })
      }
      pump()
    },
    choose(id, file) {
      const upload = items.find((item) => item.id === id)
      if (!upload || file.name !== upload.name || file.size !== upload.bytes) return false
      bytes.set(id, file)
      void options.files?.put(id, file)
      void look(upload, file)
      change(id, { state: 'waiting' })
      pump()
      return true
    },
    take(ids) {
      for (const id of ids) change(id, { isTaken: true })
      return items.filter(({ id }) => ids.includes(id)).map(fileOf)
    },
    giveBack(ids) {
      for (const id of ids) change(id, { isTaken: false })
    },
    sent: forget,
    verdict(ids) {
      const asked = items.filter(({ id }) => ids.includes(id))
      const refused = asked.find(({ state }) => state === 'refused' || state === 'missing')
      if (refused) return refused.error ?? 'file.not_ready'
      return asked.every(({ state }) => state === 'done') ? 'ready' : 'wait'
    },
    preview: (id) => previews.get(id) ?? null,
    kept(name) {
      if (!name?.startsWith(`${storageKey}:`)) return
      follow(name)
      pump()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    wake() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      pump()
    },
    stop() {
      stopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      for (const giveUp of carried.values()) giveUp.abort()
    },
  }
}

/** What a message shows of an upload: what the server has found it to be, or until then what the browser knows. */
function fileOf({ id, name, type, bytes, width, height, voice, file }: Upload): FileShown {
  if (file) return file
  if (voice) return { id, name, type, bytes, shows: 'audio', voice }
  const size = width && height ? { width, height, shows: 'picture' as const } : { shows: 'file' as const }
  return { id, name, type, bytes, ...size }
}

/** Does something while no other tab of this browser does the same, where the browser can tell. */
async function alone(name: string, signal: AbortSignal, run: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks
  if (!locks) return run()
  await locks.request(name, { signal }, run)
}
