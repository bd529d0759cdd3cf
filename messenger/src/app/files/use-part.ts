import type { FileLink, LinkVariant } from '@foyer/client/file-links.ts'
import type { FilesPart } from '../files-part.ts'
import { useChanges, useScene } from '../scene.ts'

/** The part that everything here belongs to; drawn anew as files move on. */
export function usePart(): FilesPart {
  const part = useScene().files.part()
  if (!part) throw new Error('files are shown before their part is there')
  return part
}

/** Where a file can be read, asked for when it is shown. */
export function useLink(id: string, variant: LinkVariant): FileLink {
  const { links } = usePart()
  useChanges(links)
  return links.get(id, variant)
}
