import type { Entry } from '@foyer/contract/entries.ts'

/** What the component of a kind is given. */
export type BlockProps = { entry: Entry; conversationId: string }
