import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { classes } from './classes.ts'
import { Tip } from './tip.tsx'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

const looks: Record<Look, string> = {
  primary:
    'bg-accent text-on-accent data-hovered:bg-accent-strong data-pressed:bg-accent-strong border border-transparent font-medium',
  plain: 'border border-line bg-raised text-ink data-hovered:bg-hover data-pressed:bg-press font-medium',
  quiet:
    'border border-transparent text-soft data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-press',
  danger:
    'border border-edge/50 bg-raised text-red data-hovered:bg-red-tint data-pressed:bg-red-tint font-medium',
}

/** A link that is the one thing to do here. */
export const primaryLinkLook =
  'inline-flex min-h-8 items-center justify-center rounded-md bg-accent px-3 py-1 text-center text-dense font-medium text-on-accent transition-colors hover:bg-accent-strong'

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'isPending'> & {
  look?: Look
  large?: boolean
  /** What it does is under way; whoever handles the press lets further ones go by. */
  isBusy?: boolean
  ref?: Ref<HTMLButtonElement>
  children: ReactNode
  className?: string
}

/** A button with words. Its words never truncate; it grows instead. */
export function Button({
  look = 'plain',
  large = false,
  isBusy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={classes(
        'thumb inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md text-center transition-colors',
        'data-disabled:opacity-50',
        isBusy && 'opacity-60',
        large ? 'min-h-10 px-4 py-2 text-base' : 'min-h-8 px-3 py-1 text-dense',
        looks[look],
        className,
      )}
    >
      {children}
    </AriaButton>
  )
}

export type IconButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'aria-label'> & {
  label: string
  /** A single key that does the same, shown in the tip. */
  keys?: string | undefined
  children: ReactNode
  className?: string
}

/** A button with an icon only; its name is its tip. */
export function IconButton({ label, keys, className, children, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classes(
          'thumb inline-flex size-8 shrink-0 items-center justify-center rounded-md text-soft transition-colors',
          'data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-press data-disabled:opacity-40',
          className,
        )}
      >
        {children}
      </AriaButton>
    </Tip>
  )
}
