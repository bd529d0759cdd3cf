import { type RefObject, useEffect } from 'react'

/** Marks the first row of a list that is filtered by typing, so that Enter always does what is marked. */
export function useMarkFirst(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      input.current?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }),
      ),
    )
    return () => cancelAnimationFrame(frame)
  }, [input])
}
