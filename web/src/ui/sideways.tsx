import { type ReactNode, useEffect, useRef, useState } from 'react'
import { classes } from './classes.ts'

type SidewaysProps = { label: string; className?: string; children: ReactNode }

/**
 * What may be broader than its place scrolls sideways here. The side that has more shows it: by a shade at the end; at the
 * start `data-before` is set on the group `sideways`, for a column that stays to draw its own.
 */
export function Sideways({ label, className, children }: SidewaysProps) {
  const scroller = useRef<HTMLElement>(null)
  const [more, setMore] = useState({ before: false, after: false })
  useEffect(() => {
    const area = scroller.current
    if (!area) return
    function look() {
      if (!area) return
      // Where one reads from right to left the way is counted in minus.
      const gone = Math.abs(area.scrollLeft)
      const before = gone > 1
      const after = area.scrollWidth - area.clientWidth - gone > 1
      setMore((known) => (known.before === before && known.after === after ? known : { before, after }))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(area)
    for (const child of area.children) observer.observe(child)
    area.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      area.removeEventListener('scroll', look)
    }
  }, [])
  const scrolls = more.before || more.after
  return (
    <div
      data-before={more.before || undefined}
      data-after={more.after || undefined}
      className={classes('group/sideways relative overflow-hidden', className)}
    >
      <section
        ref={scroller}
        aria-label={label}
        tabIndex={scrolls ? 0 : undefined}
        className="overflow-x-auto rounded-[inherit] focus-visible:-outline-offset-2"
      >
        {children}
      </section>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 end-0 w-8 bg-[linear-gradient(to_left,color-mix(in_oklab,var(--ink)_18%,transparent),transparent)] opacity-0 transition-opacity group-data-after/sideways:opacity-100 rtl:-scale-x-100"
      />
    </div>
  )
}
