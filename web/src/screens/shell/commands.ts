import type { LucideIcon } from 'lucide-react'
import { useEffect, useId } from 'react'
import type { Pieces } from '../../ui/passage.tsx'

/** Something one can do right now, offered in the palette and, if the list of shortcuts has it, by its key. */
export type Command = {
  id: string
  label: string
  icon: LucideIcon
  /** Where the palette lists it; without one it belongs to what is open. */
  group?: 'go' | 'general'
  run: () => void
}

/** What the palette finds for some words: something to do or to go to, with a few words about it. */
export type Found = Command & {
  note?: Pieces
  /** What it is about, by which it is found too. */
  about?: string
  /** Whose face stands in place of the icon. */
  person?: { name: string | null; seed: string; picture?: string | null; online?: boolean }
}

const offered = new Map<string, readonly Command[]>()

/** Offers commands for as long as the component is there. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId()
  useEffect(() => {
    offered.set(owner, commands)
  })
  useEffect(
    () => () => {
      offered.delete(owner)
    },
    [owner],
  )
}

/** Everything that can be done now; what the innermost screen offers comes first. */
export function currentCommands(): readonly Command[] {
  return [...offered.values()].reverse().flat()
}

/** Does what is offered by that name; nothing where it is not offered now. */
export function runCommand(id: string): void {
  currentCommands()
    .find((command) => command.id === id)
    ?.run()
}
