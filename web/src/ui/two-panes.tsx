import type { ReactNode } from 'react'
import { useKept } from './kept.ts'
import { Splitter } from './splitter.tsx'

type TwoPanesProps = {
  /** A list; gives way when there is too little room for both. */
  list: ReactNode
  /** Nothing is open: the list has all the room. */
  alone?: boolean
  resizeLabel: string
  /** What is read and written in; never narrower than a line of it needs. */
  children: ReactNode
}

/** A list on one side, what is open on the other, and the line between them to drag. */
export function TwoPanes({ list, alone = false, resizeLabel, children }: TwoPanesProps) {
  const [width, setWidth] = useKept('list-width', 348)
  return (
    <div className="flex h-full">
      <div
        className="sheet flex min-h-0 min-w-70 flex-col"
        style={{ flex: alone ? '1 1 0' : `0 1 ${width / 16}rem` }}
      >
        {list}
      </div>
      {alone ? null : (
        <>
          <Splitter label={resizeLabel} value={width} min={320} max={400} onChange={setWidth} />
          <div className="min-w-105 grow basis-0">{children}</div>
        </>
      )}
    </div>
  )
}
