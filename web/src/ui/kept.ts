import { useCallback, useState } from 'react'

/** State of this browser that outlives a reload; it stays in memory where storage is blocked. */
export function useKept<Value>(key: string, first: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => readKept(key) ?? first)
  const keep = useCallback(
    (next: Value) => {
      setValue(next)
      writeKept(key, next)
    },
    [key],
  )
  return [value, keep]
}

export function readKept<Value>(key: string): Value | undefined {
  try {
    const text = localStorage.getItem(`foyer:${key}`)
    // Written by `writeKept` under the same key, or by nobody.
    return text === null ? undefined : (JSON.parse(text) as Value)
  } catch {
    return undefined
  }
}

export function writeKept(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(`foyer:${key}`)
    else localStorage.setItem(`foyer:${key}`, JSON.stringify(value))
  } catch {
    // Full or blocked: nothing depends on it.
  }
}
