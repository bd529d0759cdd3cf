import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useText } from '../../../text.tsx'
import { Drawing } from '../../../ui/drawings/drawing.tsx'
import { filesIn } from './files-in.ts'

type DropZoneProps = {
  /** Something in the conversation; files may be dropped anywhere on its whole. */
  inside: RefObject<HTMLElement | null>
  add: (files: readonly File[]) => void
}

/** Takes files that are dropped anywhere on the conversation, and says so while they are held over it. */
export function DropZone({ inside, add }: DropZoneProps): ReactNode {
  const t = useText()
  const [over, setOver] = useState<Element | null>(null)
  const adding = useRef(add)
  adding.current = add

  useEffect(() => {
    const whole = inside.current?.closest<HTMLElement>('article')
    if (!whole) return
    // Each element within tells of its own: it is over when as many were left as were entered.
    let depth = 0
    const brings = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const enter = (event: DragEvent) => {
      if (!brings(event)) return
      event.preventDefault()
      depth++
      setOver(whole)
    }
    const stay = (event: DragEvent) => {
      if (!brings(event) || !event.dataTransfer) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    }
    const leave = (event: DragEvent) => {
      if (brings(event) && --depth <= 0) end()
    }
    const drop = (event: DragEvent) => {
      if (!brings(event)) return
      event.preventDefault()
      end()
      const files = filesIn(event.dataTransfer)
      if (files.length > 0) adding.current(files)
    }
    const end = () => {
      depth = 0
      setOver(null)
    }
    whole.addEventListener('dragenter', enter)
    whole.addEventListener('dragover', stay)
    whole.addEventListener('dragleave', leave)
    whole.addEventListener('drop', drop)
    return () => {
      whole.removeEventListener('dragenter', enter)
      whole.removeEventListener('dragover', stay)
      whole.removeEventListener('dragleave', leave)
      whole.removeEventListener('drop', drop)
    }
  }, [inside])

  if (!over) return null
  return createPortal(
    <div className="pointer-events-none absolute inset-0 z-20 flex flex-col items-center justify-center gap-1 rounded-xl border-2 border-dashed border-accent bg-surface/97 p-6 text-center">
      <Drawing name="letterbox" className="w-56 max-w-full" />
      <p className="text-large font-semibold">{t('files.drop')}</p>
      <p className="text-dense text-soft">{t('files.dropHelp')}</p>
    </div>,
    over,
  )
}
