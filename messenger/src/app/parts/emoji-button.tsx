import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useScene } from '../scene.ts'
import { useEmojiPicker } from './emoji-picker.ts'
import { Icon } from './icons.tsx'

/** Opens the picker above the box, which gets what is picked, and the focus back. Who never opens it never loads it. */
export function EmojiButton({
  pick,
  box,
}: {
  pick: (emoji: string) => void
  box: RefObject<HTMLTextAreaElement | null>
}) {
  const { t } = useScene()
  const place = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const Picker = useEmojiPicker(open)

  function close(): void {
    setOpen(false)
    box.current?.focus({ preventScroll: true })
  }
  useEffect(() => {
    if (!open) return
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', pressed)
    return () => document.removeEventListener('pointerdown', pressed)
  }, [open])

  return (
    <div class="emoji-place" ref={place}>
      <button
        type="button"
        class="tool"
        aria-label={t('composer.emoji')}
        title={t('composer.emoji')}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="smile" />
      </button>
      {open && Picker && (
        <Picker
          pick={(emoji) => {
            pick(emoji)
            close()
          }}
          close={close}
        />
      )}
    </div>
  )
}
