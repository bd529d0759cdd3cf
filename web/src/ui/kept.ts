import { useCallback, useEffect, useState } from 'react'

const listeners = new Set<(key: string, value: unknown) => void>()

/** State of this browser that outlives a reload; it stays in memory where storage is blocked. */
export function useKept<Value>(key: string, first: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => readKept(key) ?? first)
  useEffect(() => {
    const hear = (written: string, next: unknown) => {
      // Written under the same key, by whoever shows the same.
      if (written === key && next !== undefined) setValue(next as Value)
    }
    listeners.add(hear)
    // Written between the first look and this one.
    hear(key, readKept(key))
    return () => void listeners.delete(hear)
  }, [key])
  const keep = useCallback(
    (next: Value) => {
      setValue(next)
      writeKept(key, next)
    },
    [key],
  )
  return [value, keep]
}

/** The same for what holds at once in every tab of the browser. */
export function useKeptEverywhere<Value>(key: string, first: Value): [Value, (value: Value) => void] {
  useEffect(() => {
    const hear = (event: StorageEvent) => {
      if (event.key === `foyer:${key}`) tell(key, readKept(key))
    }
    addEventListener('storage', hear)
    return () => removeEventListener('storage', hear)
  }, [key])
  return useKept(key, first)
}

/** Whoever shows what is kept shows what is kept now. */
function tell(key: string, value: unknown): void {
  for (const listener of [...listeners]) listener(key, value)
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
    return
  }
  tell(key, value)
}
