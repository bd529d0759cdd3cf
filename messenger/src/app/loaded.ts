import { loadPatiently } from '@foyer/client/load.ts'
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A part that is fetched the first time it is wanted, so that nobody else pays for it; null until it is there. */
export function createLoaded<Props>(
  load: () => Promise<ComponentType<Props>>,
): (isWanted: boolean) => ComponentType<Props> | null {
  let part: ComponentType<Props> | null = null
  return (isWanted) => {
    const [, draw] = useState(false)
    useEffect(() => {
      if (!isWanted || part) return
      void loadPatiently(load).then((loaded) => {
        part = loaded
        draw(true)
      })
    }, [isWanted])
    return isWanted ? part : null
  }
}
