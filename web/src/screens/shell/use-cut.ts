import { useEffect, useState } from 'react'
import { useLive } from '../../sync.ts'

/** A short cut heals by itself before anyone has read a sentence about it. */
const quietMs = 1_000

/** Whether there has been no connection for longer than a moment: what needs one then says that it has none. */
export function useCut(): boolean {
  const away = useLive((live) => live.status() !== 'live')
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!away) return setLate(false)
    const timer = setTimeout(() => setLate(true), quietMs)
    return () => clearTimeout(timer)
  }, [away])
  return away && late
}
