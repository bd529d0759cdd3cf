import type { Api } from '@foyer/client/api.ts'
import { lateUploads } from '@foyer/client/late-uploads.ts'
import type { OutboxItem } from '@foyer/client/outbox.ts'
import type { Files, FilesPart } from './files-part.ts'
import type { Keeper } from './storage.ts'

/** Opens what has to do with files. `messages`: what is in the outbox. */
export function createFiles(options: {
  api: Api
  keeper: Keeper
  widgetKey: string
  messages: () => readonly OutboxItem[]
}): Files {
  const { keeper, widgetKey } = options
  const storageKey = `foyer:${widgetKey}:uploads`
  const listeners = new Set<() => void>()
  let part: FilesPart | null = null
  const uploads = lateUploads({
    async make() {
      part = await (await import('./files/part.tsx')).openPart({ ...options, storageKey })
      part.links.subscribe(changed)
      return part.uploads
    },
    storage: keeper.storage,
    storageKey,
    messages: options.messages,
  })
  uploads.subscribe(changed)
  function changed(): void {
    for (const listener of [...listeners]) listener()
  }

  return {
    uploads,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    part: () => part,
  }
}
