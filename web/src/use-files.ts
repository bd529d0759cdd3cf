import type { FileLink, LinkVariant } from '@foyer/client/file-links.ts'
import type { Upload } from '@foyer/client/uploads.ts'
import { useSyncExternalStore } from 'react'
import { useSync } from './sync.ts'

const none: readonly Upload[] = []

/** The files on their way, from everywhere; drawn anew as they move on. */
export function useUploads(): readonly Upload[] {
  const { uploads } = useSync().files
  return useSyncExternalStore(uploads.subscribe, () => uploads.now()?.items() ?? none)
}

/** Where a file can be read, asked for when it is shown. */
export function useFileLink(id: string, variant: LinkVariant): FileLink {
  const { links } = useSync().files
  return useSyncExternalStore(links.subscribe, () => links.get(id, variant))
}

/** The address of a picture's bytes in this page, if it was chosen here; the same until it is let go. */
export function usePreview(id: string): string | null {
  const { uploads } = useSync().files
  return useSyncExternalStore(uploads.subscribe, () => uploads.now()?.preview(id) ?? null)
}
