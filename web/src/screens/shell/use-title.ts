import { useEffect } from 'react'
import { useList } from '../../use-list.ts'

/** The tab says how many of my conversations have something unread. */
export function useTitle(): void {
  const { counts } = useList({ list: 'mine' })
  const unread = counts?.mineUnread ?? 0
  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 999 ? '999+' : unread}) Foyer` : 'Foyer'
    return () => {
      document.title = 'Foyer'
    }
  }, [unread])
}
