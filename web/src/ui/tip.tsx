import type { ReactElement } from 'react'
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import { Keys } from './keys.tsx'

/** A short word that appears over a control after a moment, or at once on keyboard focus. */
export function Tip({
  text,
  keys,
  children,
}: {
  text: string
  keys?: string | undefined
  children: ReactElement
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip
        offset={6}
        className="overlay z-50 flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-small text-surface shadow-float"
      >
        {text}
        {keys ? <Keys keys={keys} inverse /> : null}
      </Tooltip>
    </TooltipTrigger>
  )
}
