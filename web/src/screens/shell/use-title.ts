import { useEffect } from 'react'
import { showBadge } from '../../signs/badge.ts'
import { useText } from '../../text.tsx'
import { useWaiting } from '../../use-waiting.ts'

const capped = (count: number) => (count > 999 ? '999+' : String(count))

/** The tab's title and icon say how much waits for me, and how much is for me to take. */
export function useTitle(): void {
  const t = useText()
  const { mine, forMe } = useWaiting()
  useEffect(() => {
    const ahead = mine > 0 ? `(${capped(mine)}) ` : ''
    document.title = `${ahead}${forMe > 0 ? `${t('shell.titleForMe', { count: forMe, shown: capped(forMe) })} · ` : ''}Foyer`
    showBadge({ mine, forMe })
    return () => {
      document.title = 'Foyer'
    }
  }, [mine, forMe, t])
  useEffect(() => () => showBadge({ mine: 0, forMe: 0 }), [])
}
