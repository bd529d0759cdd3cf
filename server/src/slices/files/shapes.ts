import type { FileShown } from '@foyer/contract/entries/file.ts'
import type { Media, Upload } from '@foyer/contract/files.ts'

/** A row of `files`. */
export type FileRow = {
  organization_id: string
  id: string
  key: string
  operator_id: string | null
  token_hash: Buffer | null
  contact_id: string | null
  name: string
  bytes: number
  part_bytes: number
  shape: FileShown | null
  sha256: Buffer | null
  has_thumbnail: boolean
  entry_id: string | null
}

/** With what the widget takes that it is sent through; null of what operators send. */
export type UploadRow = FileRow & { media: Media | null }

/** Select list over files f. */
export const fileColumns = `f.organization_id, f.id, f.key, f.operator_id, f.token_hash, f.contact_id, f.name, f.bytes,
  f.part_bytes, f.shape, f.sha256, f.has_thumbnail, f.entry_id`

/** An upload as whoever brings it receives it; `received`: the parts that have arrived, in their order. */
export function toUpload(row: FileRow, received: number[]): Upload {
  return {
    id: row.id,
    name: row.name,
    bytes: row.shape?.bytes ?? row.bytes,
    partBytes: row.part_bytes,
    received,
    file: row.shape,
  }
}

/** How long a file is, and its parts. */
export function sizesOf({ bytes, part_bytes }: FileRow): { bytes: number; partBytes: number } {
  return { bytes, partBytes: part_bytes }
}

/** Where the bytes of a part lie. */
export function keyOfPart(
  { organization_id, key }: Pick<FileRow, 'organization_id' | 'key'>,
  part: number,
): string {
  return `${keyOf(organization_id, key)}/${part}`
}

/** Where its small picture lies. */
export function keyOfThumbnail({ organization_id, key }: Pick<FileRow, 'organization_id' | 'key'>): string {
  return `${keyOf(organization_id, key)}/thumbnail`
}

/** What all keys of a file begin with. */
export function keyOf(organizationId: string, key: string): string {
  return `${organizationId}/${key}`
}
