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

const sizes = {
  small: 'min-h-7 px-2 py-0.5 text-dense',
  normal: 'min-h-8 px-3 py-1 text-dense',
  large: 'min-h-10 px-4 py-2 text-base',
}

/** A link that is the one thing to do here. */
export const primaryLinkLook =
  'inline-flex min-h-8 items-center justify-center rounded-md bg-accent px-3 py-1 text-center text-dense font-medium text-on-accent transition-colors hover:bg-accent-strong'

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'isPending'> & {
  look?: Look
  /** Beside text, and in lines of text. */
  small?: boolean
  /** Where it is the one thing to do. */
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
  small = false,
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
        sizes[large ? 'large' : small ? 'small' : 'normal'],
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
  /** In a strip of tools, and in lines of text. */
  small?: boolean
  children: ReactNode
  className?: string
}

/** A button with an icon only; its name is its tip. */
export function IconButton({ label, keys, small = false, className, children, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classes(
          'thumb inline-flex shrink-0 items-center justify-center rounded-md text-soft transition-colors',
          'data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-press data-disabled:opacity-40',
          small ? 'size-7' : 'size-8',
          className,
        )}
      >
        {children}
      </AriaButton>
    </Tip>
  )
}
