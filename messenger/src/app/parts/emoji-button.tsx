import { loadPatiently } from '@foyer/client/load.ts'
import type { ComponentType, RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useScene } from '../scene.ts'
import { Icon } from './icons.tsx'

type Picker = ComponentType<{ pick: (emoji: string) => void; close: () => void }>

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
  const [Picker, setPicker] = useState<Picker | null>(null)

  function close(): void {
    setOpen(false)
    box.current?.focus({ preventScroll: true })
  }
  useEffect(() => {
    if (!open) return
    let isLeft = false
    void loadPatiently(() => import('./emoji.tsx')).then(
      (part) => isLeft || setPicker(() => part.EmojiPicker),
    )
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', pressed)
    return () => {
      isLeft = true
      document.removeEventListener('pointerdown', pressed)
    }
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
