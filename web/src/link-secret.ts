import { useLocation, useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * The secret of a link that was opened. Behind `#` it goes to no server by itself; here it is taken out of the address bar,
 * and out of the history with it, and kept for this tab, so that a reload loses nothing.
 */
export function useLinkSecret(name: string): { token: string; drop: () => void } {
  const { history } = useRouter()
  const { hash, pathname } = useLocation()
  // Links once had it in the query.
  const { token: given = '' } = useSearch({ strict: false }) as { token?: string }
  // On the way to another screen the address is that one's already, and so is what stands in it.
  const [own] = useState(pathname)
  const shown = pathname === own ? hash || given : ''
  const [token, setToken] = useState(() => shown || read(name))
  if (shown !== '' && shown !== token) setToken(shown)
  useEffect(() => {
    if (shown === '') return
    write(name, shown)
    history.replace(pathname)
  }, [shown, name, pathname, history])
  return { token, drop: () => write(name, null) }
}

function read(name: string): string {
  try {
    return sessionStorage.getItem(`foyer:link:${name}`) ?? ''
  } catch {
    return ''
  }
}

function write(name: string, token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(`foyer:link:${name}`)
    else sessionStorage.setItem(`foyer:link:${name}`, token)
  } catch {
    // Blocked: a reload then needs the link again.
  }
}
