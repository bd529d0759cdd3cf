import { useRouter, useRouterState } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { useCallback } from 'react'

/** Goes to an address made by `paths`. */
export function useGo(): (to: string, options?: { replace: boolean }) => void {
  const { history } = useRouter()
  return useCallback(
    (to, options) => {
      if (options?.replace) history.replace(to)
      else history.push(to)
    },
    [history],
  )
}

export const usePathname = () => useRouterState({ select: (state) => state.location.pathname })

type GoProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string }

/** A link within the Message Center; a press with a modifier key does what the browser does with any link. */
export function Go({ to, onClick, children, ...rest }: GoProps) {
  const go = useGo()
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  )
}
