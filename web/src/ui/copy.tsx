import { Check, Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { useCopy } from './use-copy.ts'

/** So long the tick says that it was copied. */
const shownMs = 1_500

type CopyableProps = {
  /** What is copied. */
  value: string
  label: string
  /** Where the browser does not allow it. */
  onRefused: () => void
  children: ReactNode
}

/** A value that can be taken along: its button shows where the pointer or the focus is, and always to a thumb. */
export function Copyable({ value, label, onRefused, children }: CopyableProps) {
  const { copied, copy } = useCopy(value, { shownMs, onRefused })
  return (
    <span className="group/copy relative block wrap-anywhere pointer-coarse:pe-10">
      {children}
      <IconButton
        label={label}
        small
        onPress={copy}
        className="absolute! -end-2 -top-1 bg-surface opacity-0 group-hover/copy:opacity-100 data-focus-visible:opacity-100 pointer-coarse:opacity-100"
      >
        {copied ? (
          <Check size={13} className="text-green" aria-hidden="true" />
        ) : (
          <Copy size={13} aria-hidden="true" />
        )}
      </IconButton>
    </span>
  )
}
