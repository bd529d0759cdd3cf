import { useList } from './use-list.ts'

export type Waiting = {
  /** Conversations of mine that wait for me. */
  mine: number
  /** Of those, how many have something unread. */
  unread: number
  /** Unassigned ones that are for me to take. */
  forMe: number
}

/** How much waits, wherever one is in the Message Center; both lists are followed for it. */
export function useWaiting(): Waiting {
  const mine = useList({ list: 'mine' }).counts
  const unassigned = useList({ list: 'unassigned' }).counts
  const counts = mine ?? unassigned
  return { mine: counts?.mineWaiting ?? 0, unread: counts?.mineUnread ?? 0, forMe: counts?.forMe ?? 0 }
}
