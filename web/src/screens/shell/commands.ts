import type { LucideIcon } from 'lucide-react'
import { useEffect, useId } from 'react'

/** Something one can do right now, offered in the palette and, if the list of shortcuts has it, by its key. */
export type Command = {
  id: string
  label: string
  icon: LucideIcon
  /** Where the palette lists it; without one it belongs to what is open. */
  group?: 'go' | 'general'
  run: () => void
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
