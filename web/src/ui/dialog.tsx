import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { IconButton } from './button.tsx'
import { classes } from './classes.ts'

type DialogProps = {
  title: string
  open: boolean
  onClose: () => void
  closeLabel: string
  children: ReactNode
  /** `sheet` comes from the end of the line and takes the whole height. */
  shape?: 'box' | 'sheet'
}

/** A dialog over everything. Escape and a press outside close it; focus returns to where it was. */
export function Dialog({ title, open, onClose, closeLabel, children, shape = 'box' }: DialogProps) {
  const sheet = shape === 'sheet'
  const [hasOpened, setHasOpened] = useState(open)
  if (open && !hasOpened) setHasOpened(true)
  // Most are never opened, and even a closed one costs its part of each drawing.
  if (!hasOpened) return null
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => next || onClose()}
      isDismissable
      className={classes(
        'overlay fixed inset-0 z-40 flex bg-shade',
        sheet ? 'justify-end' : 'items-start justify-center overflow-y-auto p-4 pt-[12vh]',
      )}
    >
      <Modal
        className={classes(
          'bg-surface shadow-float outline-none',
          sheet ? 'h-full w-80 max-w-[88vw]' : 'w-full max-w-md rounded-xl',
        )}
      >
        <AriaDialog className="flex h-full max-h-full flex-col outline-none">
          <header className="flex items-center justify-between gap-4 py-3 ps-5 pe-3">
            <Heading slot="title" className="text-large font-bold">
              {title}
            </Heading>
            <IconButton label={closeLabel} onPress={onClose}>
              <X size={16} aria-hidden="true" />
            </IconButton>
          </header>
          <div className="min-h-0 grow overflow-y-auto px-5 pb-5">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
