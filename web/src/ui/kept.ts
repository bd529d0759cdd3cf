import { useCallback, useEffect, useState } from 'react'

const listeners = new Set<(key: string) => void>()

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

/** The same for what holds at once wherever it is shown: beside this place, and in every tab of the browser. */
export function useKeptEverywhere<Value>(key: string, first: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useKept(key, first)
  useEffect(() => {
    const look = (changed: string | null) => {
      if (changed !== key) return
      const next = readKept<Value>(key)
      if (next !== undefined) setValue(next)
    }
    const ofOthers = (event: StorageEvent) => look(event.key?.replace(/^foyer:/, '') ?? null)
    listeners.add(look)
    addEventListener('storage', ofOthers)
    return () => {
      listeners.delete(look)
      removeEventListener('storage', ofOthers)
    }
  }, [key, setValue])
  const keepEverywhere = useCallback(
    (next: Value) => {
      setValue(next)
      for (const listener of listeners) listener(key)
    },
    [key, setValue],
  )
  return [value, keepEverywhere]
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
