import { Smile } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { EmojiPanel } from './emoji-panel.tsx'
import { useText } from './text.tsx'
import { IconButton } from './ui/button.tsx'

type EmojiButtonProps = {
  onPick: (emoji: string) => void
  /** After it is closed, to take the focus where it came from. */
  onClosed: () => void
}

/** Opens the picker of emoji; with Shift held several are picked, one after the other. */
export function EmojiButton({ onPick, onClosed }: EmojiButtonProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const closed = useRef(onClosed)
  closed.current = onClosed
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !open) closed.current()
    wasOpen.current = open
  }, [open])
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <IconButton label={t('emoji.open')}>
        <Smile size={17} aria-hidden="true" />
      </IconButton>
      <Popover placement="top start" offset={6} className="overlay rounded-xl bg-raised shadow-float">
        <Dialog aria-label={t('emoji.open')} className="outline-none">
          <EmojiPanel
            onPick={(emoji, stays) => {
              onPick(emoji)
              if (!stays) setOpen(false)
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
