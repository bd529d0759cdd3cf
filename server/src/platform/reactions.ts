import type { Transaction } from './db/database.ts'
import { enqueue } from './jobs/enqueue.ts'

/** What slices say to later ones, by name. Each slice adds its own facts by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Facts {}

/** What one slice does when an earlier one announces a fact. */
export type Reactions = {
  /** In the same transaction, in slice order, without IO beyond the database. */
  readonly within?: {
    readonly [Fact in keyof Facts]?: (transaction: Transaction, fact: Facts[Fact]) => Promise<void>
  }
  /** Later, as a job of its own that is retried. The name of the job kind; the fact has only ids. */
  readonly after?: { readonly [Fact in keyof Facts]?: string }
}

export type Announce = <Fact extends keyof Facts>(
  transaction: Transaction,
  name: Fact,
  fact: Facts[Fact],
) => Promise<void>

/** Makes the function by which a slice tells the later ones what it did, in the transaction that did it. */
export function createAnnounce(inOrder: readonly Reactions[]): Announce {
  return async (transaction, name, fact) => {
    for (const { within, after } of inOrder) {
      await within?.[name]?.(transaction, fact)
      const kind = after?.[name]
      if (kind) await enqueue(transaction, { kind, payload: fact as Record<string, unknown> })
    }
  }
}

/** What an opened slice does in this process about what an earlier one has done, after the commit. */
export type Hears = { readonly [Fact in keyof Facts]?: (fact: Facts[Fact]) => Promise<void> | void }

/** Says what is done to the later slices of this process, and waits for what they do about it. @throws what they throw */
export type Tell = <Fact extends keyof Facts>(name: Fact, fact: Facts[Fact]) => Promise<void>

/** Makes the function by which a slice tells the later ones what is done. The first who does something about it begins before this returns. */
export function createTell(inOrder: Iterable<Hears>): Tell {
  return async (name, fact) => {
    for (const hears of inOrder) {
      const heed = hears[name]
      if (heed) await heed(fact)
    }
  }
}
