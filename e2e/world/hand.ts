import { readFileSync } from 'node:fs'
import type { Locator, Route } from 'playwright-core'
import type { Desk } from './desk.ts'
import type { Messenger } from './messenger.ts'

export type Chosen = { name: string; mimeType: string; buffer: Buffer }

const face = readFileSync(new URL('face.png', import.meta.url))

export const picture = (name: string): Chosen => ({ name, mimeType: 'image/png', buffer: face })
export const text = (name: string, content: string): Chosen => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
})
/** A file without a kind, of so many megabytes: it goes in parts of one. */
export const large = (name: string, megabytes: number): Chosen => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.alloc(megabytes * 1024 * 1024, name),
})

/** A second of a tone, as a sound file. */
export function tone(name: string): Chosen {
  const rate = 8_000
  const samples = Buffer.alloc(rate * 2)
  for (let at = 0; at < rate; at++) samples.writeInt16LE(Math.round(Math.sin(at / 3) * 9_000), at * 2)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return { name, mimeType: 'audio/wav', buffer: Buffer.concat([head, samples]) }
}

/** The card of a file that has arrived. */
export function cardOf(who: Desk | Messenger, name: string): Locator {
  return who.log.getByRole('button', {
    name: new RegExp(`^${name.replaceAll('.', '\\.')} .*(Download|Open)$`),
  })
}

/** Where somebody chooses files, and what stands above their text then. */
export function handOf(who: Desk | Messenger) {
  const root = 'frame' in who ? who.frame : who.page
  const field = 'frame' in who ? who.input : who.input
  const attached = root.getByRole('list', { name: 'Attached files' })
  return {
    button: root.getByRole('button', { name: 'Attach files', exact: true }),
    attached,
    card: (name: string): Locator => attached.getByRole('listitem').filter({ hasText: name }),
    state: (name: string, state: string): Locator =>
      attached.locator(`[data-state="${state}"]`).filter({ hasText: name }),
    /** By the clip. */
    choose: (...files: Chosen[]) => root.locator('input[type=file]').first().setInputFiles(files),
    paste: (...files: Chosen[]) => give(field, 'paste', files),
    /** On the log, which is not where they go. */
    drop: (...files: Chosen[]) => give(who.log, 'drop', files),
    hold: (...files: Chosen[]) => give(who.log, 'dragenter', files),
    /** Beside the conversation. */
    holdBeside: (beside: Locator, ...files: Chosen[]) => give(beside, 'dragenter', files),
    dropBeside: (beside: Locator, ...files: Chosen[]) => give(beside, 'drop', files),
    /** Waits until all have arrived. */
    async arrived(...names: string[]): Promise<void> {
      for (const name of names)
        await attached.locator('[data-state="done"]').filter({ hasText: name }).waitFor()
    },
  }
}

/** Does with files what a hand does: the browser hands them over in an event. `isTaken`: it does nothing of its own with them. */
async function give(
  to: Locator,
  event: 'paste' | 'drop' | 'dragenter',
  files: readonly Chosen[],
): Promise<{ isTaken: boolean }> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    content: buffer.toString('base64'),
  }))
  return to.evaluate(
    (element, { event, given }) => {
      const data = new DataTransfer()
      for (const { name, mimeType, content } of given) {
        const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))
        data.items.add(new File([bytes], name, { type: mimeType }))
      }
      const how = { bubbles: true, cancelable: true }
      const tell = (said: Event) => ({ isTaken: !element.dispatchEvent(said) })
      if (event === 'paste') return tell(new ClipboardEvent('paste', { ...how, clipboardData: data }))
      tell(new DragEvent('dragenter', { ...how, dataTransfer: data }))
      const held = tell(new DragEvent('dragover', { ...how, dataTransfer: data }))
      return event === 'drop' ? tell(new DragEvent('drop', { ...how, dataTransfer: data })) : held
    },
    { event, given },
  )
}

/** Holds parts back on their way until they are let go, so that there is something to see of it. */
export async function holdParts(who: Desk | Messenger, from = 0) {
  let isOpen = false
  const waiting: Route[] = []
  /** Which parts have gone out and were taken, in that order. */
  const taken: number[] = []
  const indexOf = (url: string) => Number(/parts\/(\d+)$/.exec(url)?.[1])
  who.page.on('response', (answer) => {
    if (answer.request().method() === 'PUT' && /\/parts\/\d+$/.test(answer.url()) && answer.ok())
      taken.push(indexOf(answer.url()))
  })
  await who.page.route(/\/uploads\/[^/]+\/parts\/\d+$/, async (route) => {
    if (isOpen || indexOf(route.request().url()) < from) return route.continue()
    waiting.push(route)
  })
  return {
    taken,
    waiting: () => waiting.length,
    async open() {
      isOpen = true
      for (const route of waiting.splice(0)) await route.continue().catch(() => undefined)
    },
  }
}
