import { ArrowDown } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'

type BelowHintProps = {
  title: string
  count: number
  /** The section it speaks of, and what scrolls. */
  section: RefObject<HTMLElement | null>
  scroller: RefObject<HTMLElement | null>
}

/** Keeps a section in sight that a long one before it has pushed below the edge: its title, its count, and the way there. */
export function BelowHint({ title, count, section, scroller }: BelowHintProps) {
  const [isBelow, setBelow] = useState(false)
  useEffect(() => {
    const [edge, watched] = [scroller.current, section.current]
    if (!edge || !watched) return
    const observer = new IntersectionObserver(
      ([entry]) =>
        setBelow(
          !!entry && !entry.isIntersecting && entry.boundingClientRect.top > (entry.rootBounds?.top ?? 0),
        ),
      // Its heading has to be in view, not only its first pixel.
      { root: edge, rootMargin: '0px 0px -36px 0px' },
    )
    observer.observe(watched)
    return () => observer.disconnect()
  }, [section, scroller])
  if (!isBelow || count === 0) return null
  return (
    <div className="border-t border-line bg-surface px-1.5 py-1">
      <Button
        onPress={() => section.current?.scrollIntoView({ block: 'start' })}
        className="thumb flex min-h-7 w-full items-center gap-1.5 rounded-md px-2.5 text-small text-faint data-hovered:bg-hover"
      >
        <ArrowDown size={13} aria-hidden="true" />
        <span className="font-semibold text-soft">{title}</span>
        <span className="tabular">{count > 999 ? '999+' : count}</span>
      </Button>
    </div>
  )
}
