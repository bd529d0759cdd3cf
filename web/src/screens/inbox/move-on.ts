import { createContext, type RefObject, useContext } from 'react'
import { useKept } from '../../ui/kept.ts'

/** Opens what stands after a conversation in its list; false where nothing does. */
export type MoveOn = (conversationId: string) => boolean

const none: RefObject<MoveOn | null> = { current: null }

/** The list beside what is open says here how to go on from it. */
export const MoveOnContext = createContext<RefObject<MoveOn | null>>(none)

export type AfterEnding = 'next' | 'stay'
/** What happens in this browser when a conversation has been ended. */
export const useAfterEnding = () => useKept<AfterEnding>('after-ending', 'next')

/** Goes on from a conversation that was just ended, if that is wanted and there is something to go to. */
export function useMoveOn(): MoveOn {
  const list = useContext(MoveOnContext)
  const [after] = useAfterEnding()
  return (conversationId) => after === 'next' && (list.current?.(conversationId) ?? false)
}
