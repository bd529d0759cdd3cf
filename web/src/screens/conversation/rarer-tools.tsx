import { Ellipsis } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { useText } from '../../text.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'

/**
 * Tools of a composer that stand in its line where there is room, and otherwise in one of their own, once asked for.
 * What a thumb presses needs more of it.
 */
export function RarerTools({ children }: { children: ReactNode }) {
  const t = useText()
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  return (
    <>
      <IconButton
        label={t('composer.more')}
        aria-expanded={isOpen}
        aria-controls={id}
        onPress={() => setIsOpen((was) => !was)}
        className={classes(
          '@min-[36rem]/writing:hidden wide:pointer-fine:@min-[28rem]/writing:hidden',
          isOpen && 'bg-press text-ink',
        )}
      >
        <Ellipsis size={18} aria-hidden="true" />
      </IconButton>
      <div
        id={id}
        className={classes(
          '-order-1 w-full items-center justify-end gap-1 @min-[36rem]/writing:contents wide:pointer-fine:@min-[28rem]/writing:contents',
          isOpen ? 'flex' : 'hidden',
        )}
      >
        {children}
      </div>
    </>
  )
}
