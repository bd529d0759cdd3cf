import { useEffect, useState } from 'react'

type CopyOptions = {
  /** For how long it is said that it was copied, in milliseconds; for ever where nothing is given. */
  shownMs?: number
  /** Where the browser does not allow it. */
  onRefused: () => void
}

/** Copies a text to take along, and whether that has just been done. */
export function useCopy(
  text: string,
  { shownMs, onRefused }: CopyOptions,
): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied || shownMs === undefined) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied, shownMs])
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      onRefused()
    }
  }
  return { copied, copy: () => void copy() }
}
