import { createFileLinks, type FileLinks } from '@foyer/client/file-links.ts'
import { type LateUploads, lateUploads } from '@foyer/client/late-uploads.ts'
import type { OutboxItem } from '@foyer/client/outbox.ts'
import { linkFiles } from '@foyer/contract/files.ts'
import { api } from './api.ts'

/** Files on their way to the server, and where those that are there can be read. */
export type Files = { uploads: LateUploads; links: FileLinks; stop: () => void }

/** Opens both for as long as this operator is logged in. `messages`: what is in the outbox. */
export function startFiles(meId: string, messages: () => readonly OutboxItem[]): Files {
  const storageKey = `foyer:uploads:${meId}`
  const uploads = lateUploads({
    make: async () => (await import('./uploads.ts')).startUploads(meId, storageKey),
    storage: localStorage,
    storageKey,
    messages,
  })
  const otherTab = ({ key }: StorageEvent) => {
    if (!key?.startsWith(`${storageKey}:`)) return
    void uploads.open().then((opened) => opened.kept(key))
  }
  window.addEventListener('storage', otherTab)
  return {
    uploads,
    links: createFileLinks({
      ask: (ids, variant) => api.call(linkFiles, { body: { ids: [...ids], variant } }),
    }),
    stop() {
      window.removeEventListener('storage', otherTab)
      uploads.now()?.stop()
    },
  }
}
