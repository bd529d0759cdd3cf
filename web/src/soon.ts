import { loadPatiently } from '@foyer/client/load.ts'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

const loads: (() => Promise<unknown>)[] = []

/** A part that the first screen does not need: it is fetched as soon as that stands, so that it still opens at once. */
export function soon<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  const patiently = () => loadPatiently(load)
  loads.push(patiently)
  return lazy(async () => ({ default: await patiently() }))
}

/** The same of what is no part of the page by itself: it is told when it is there. */
export function besides<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  const patiently = () => loadPatiently(load)
  loads.push(patiently)
  return patiently
}

/** Fetches every such part, beside what is being done. */
export function fetchSoon(): void {
  for (const load of loads) void load()
}
