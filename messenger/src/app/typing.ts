import { elapsed } from '@foyer/client/clock.ts'

/** Says that the contact is writing: at most every few seconds while they do, and once when they stop. */
export type OwnTyping = { wrote(): void; stopped(): void }

const repeatMs = 3_000
const idleMs = 4_000

export function createOwnTyping(say: (on: boolean) => void): OwnTyping {
  let saidAt: number | null = null
  let idle: ReturnType<typeof setTimeout> | undefined
  function stopped(): void {
    clearTimeout(idle)
    if (saidAt === null) return
    saidAt = null
    say(false)
  }
  return {
    wrote() {
      clearTimeout(idle)
      idle = setTimeout(stopped, idleMs)
      if (saidAt !== null && elapsed() - saidAt < repeatMs) return
      saidAt = elapsed()
      say(true)
    },
    stopped,
  }
}

/** Who is writing to us, by conversation. */
export type Typists = {
  take(conversationId: string, name: string | null, on: boolean): void
  /** The name, empty when the operator has none for contacts; null when nobody is writing. */
  of(conversationId: string): string | null
  /** Forgets all, when the line is gone. */
  clear(): void
}

/** A line that breaks while someone writes must not leave them writing for ever. */
const forgetMs = 8_000

export function createTypists(changed: () => void): Typists {
  const typists = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>()
  function forget(id: string): void {
    const typist = typists.get(id)
    if (!typist) return
    clearTimeout(typist.timer)
    typists.delete(id)
    changed()
  }
  return {
    take(id, name, on) {
      if (!on) return forget(id)
      clearTimeout(typists.get(id)?.timer)
      typists.set(id, { name: name ?? '', timer: setTimeout(() => forget(id), forgetMs) })
      changed()
    },
    of: (id) => typists.get(id)?.name ?? null,
    clear() {
      for (const id of typists.keys()) forget(id)
    },
  }
}
