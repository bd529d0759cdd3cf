import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Separator } from 'react-aria-components/Separator'
import { Keys } from './keys.tsx'

type MenuProps = { label: string; trigger: ReactNode; children: ReactNode; placement?: 'top' | 'bottom' }

/** A button (the first child) and the menu it opens. */
export function Menu({ label, trigger, children, placement = 'bottom' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover
        placement={placement === 'top' ? 'top start' : 'bottom start'}
        offset={4}
        className="overlay max-w-80 min-w-52 rounded-lg bg-raised p-1 shadow-float"
      >
        <AriaMenu aria-label={label} className="max-h-[min(26rem,70dvh)] overflow-y-auto outline-none">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

type MenuItemProps = {
  onAction: () => void
  icon?: ReactNode
  keys?: string
  /** A word about it, at the end of the line. */
  note?: string | undefined
  children: string
  /** It is so already: a tick says it, and there is nothing to do. */
  current?: boolean
}

export function MenuItem({ onAction, icon, keys, note, children, current = false }: MenuItemProps) {
  return (
    <AriaMenuItem
      onAction={onAction}
      textValue={children}
      isDisabled={current}
      className="thumb flex min-h-8 items-center gap-2 rounded-md px-2 text-dense text-ink outline-none data-focused:bg-hover"
    >
      {icon ? <span className="flex w-4 shrink-0 justify-center text-faint">{icon}</span> : null}
      <span className="grow py-1">{children}</span>
      {note ? <span className="shrink-0 text-small text-faint">{note}</span> : null}
      {current ? <Check size={14} className="shrink-0 text-accent" aria-hidden="true" /> : null}
      {keys ? <Keys keys={keys} /> : null}
    </AriaMenuItem>
  )
}

export function MenuLine() {
  return <Separator className="mx-2 my-1 h-px border-0 bg-line" />
}
