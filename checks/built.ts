import { ensureBuilt } from '../build.ts'

let building: Promise<void> | undefined

/** Waits until the two front ends are built; checks that look at them at the same time wait for one build. */
export function built(): Promise<void> {
  building ??= ensureBuilt(() => undefined)
  return building
}
