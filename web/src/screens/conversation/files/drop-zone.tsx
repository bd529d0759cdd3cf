import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useText } from '../../../text.tsx'
import { classes } from '../../../ui/classes.ts'
import { Drawing } from '../../../ui/drawings/drawing.tsx'
import { filesIn } from './files-in.ts'

type DropZoneProps = {
  /** Something in the conversation; files may be dropped anywhere on its whole. */
  inside: RefObject<HTMLElement | null>
  add: (files: readonly File[]) => void
}

/**
 * Takes files that are dropped anywhere on the conversation, and says so while they are held over the window. Dropped beside it
 * they are nothing to the browser either, which would leave the page for them.
 */
export function DropZone({ inside, add }: DropZoneProps): ReactNode {
  const t = useText()
  const [held, setHeld] = useState<{ whole: Element; isOver: boolean } | null>(null)
  const adding = useRef(add)
  adding.current = add

  useEffect(() => {
    const whole = inside.current?.closest<HTMLElement>('article')
    if (!whole) return
    const brings = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const isInside = ({ target }: DragEvent) => target instanceof Node && whole.contains(target)
    const over = (event: DragEvent) => {
      // Others may take what is held over them.
      if (!brings(event) || !event.dataTransfer || event.defaultPrevented) return
      event.preventDefault()
      const isOver = isInside(event)
      event.dataTransfer.dropEffect = isOver ? 'copy' : 'none'
      setHeld((before) => (before?.isOver === isOver ? before : { whole, isOver }))
    }
    // Out of the window, not from one element into another.
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setHeld(null)
    }
    const drop = (event: DragEvent) => {
      setHeld(null)
      if (!brings(event) || event.defaultPrevented) return
      event.preventDefault()
      const files = isInside(event) ? filesIn(event.dataTransfer) : []
      if (files.length > 0) adding.current(files)
    }
    window.addEventListener('dragenter', over)
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', over)
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [inside])

  if (!held) return null
  return createPortal(
    <div
      className={classes(
        'pointer-events-none absolute inset-0 z-20 flex flex-col items-center justify-center gap-1 rounded-xl border-2 border-dashed bg-surface/97 p-6 text-center transition-colors',
        held.isOver ? 'border-accent' : 'border-line',
      )}
    >
      <Drawing name="letterbox" className="w-56 max-w-full" />
      <p className="text-large font-semibold">{t('files.drop')}</p>
      <p className="text-dense text-soft">{t('files.dropHelp')}</p>
    </div>,
    held.whole,
  )
}
