import { Readable } from 'node:stream'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { textWithFiles } from '@foyer/contract/file-facts.ts'
import type { FileSettings, Media, Upload } from '@foyer/contract/files.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { Storage } from '../../platform/storage/storage.ts'
import {
  addressOf,
  type Bringer,
  type FileSettingsProof,
  findSeen,
  holdsUntil,
  type Variant,
  type Viewer,
} from './access.ts'
import { partsOf } from './model.ts'
import { type FileRow, keyOf, keyOfPart, sizesOf, toUpload } from './shapes.ts'

/** What is sent with a message, and by whom it was brought. */
export type Brought = Bringer & { readonly shown: readonly FileShown[] }

/** A message as it is written down. */
export type Said = { id: string; files?: Brought } & Saying

/**
 * A message as it is written down: its text with the names of its files, and what is shown of them.
 *
 * @throws Failure file.not_ready, with the ids of those that are not there to be sent
 */
export async function withFiles(
  { database }: { database: Database },
  organizationId: string,
  bringer: Bringer,
  { id, text, content, files: wanted }: { id: string; files?: readonly string[] | undefined } & Saying,
): Promise<Said> {
  if (!wanted) return { id, text, content }
  const rows = await database.read<{ id: string; shape: FileShown }>(organizationId, {
    name: 'files_to_send',
    // Those of this very message were sent with it: it is sent again.
    text: `select f.id, f.shape from files f where f.organization_id = $1 and f.id = any ($2) and f.shape is not null
      and f.operator_id is not distinct from $3 and f.token_hash is not distinct from $4
      and (f.entry_id is null or f.entry_id = $5)`,
    values: [organizationId, wanted, bringer.operatorId, bringer.tokenHash, id],
  })
  const byId = new Map(rows.map((row) => [row.id, row.shape]))
  const shown = wanted.flatMap((each) => byId.get(each) ?? [])
  if (shown.length < wanted.length)
    throw new Failure('file.not_ready', { files: wanted.filter((each) => !byId.has(each)) })
  return { id, text: textWithFiles(text, shown), content, files: { ...bringer, shown } }
}

/** Addresses of files for somebody; those that they may not see, and thumbnails that there are none of, are left out. */
export async function linkFiles(
  context: { database: Database; secret: Buffer; filesOrigin: string | null },
  viewer: Viewer,
  { ids, variant }: { ids: readonly string[]; variant: Variant },
  nowMs: number,
): Promise<{ items: { id: string; url: string }[]; until: string }> {
  const until = holdsUntil(nowMs)
  const rows = await findSeen(context, viewer, ids)
  return {
    items: rows
      .filter((row) => variant !== 'thumbnail' || row.has_thumbnail)
      .map(({ id }) => ({
        id,
        url: `${context.filesOrigin ?? ''}/api/v1/files/at/${addressOf(context.secret, { viewer, fileId: id, variant, until })}`,
      })),
    until: new Date(until * 1000).toISOString(),
  }
}

/** An upload as whoever brings it receives it. */
export async function readUpload(storage: Storage, row: FileRow): Promise<Upload> {
  return toUpload(row, row.shape ? partsOf(sizesOf(row)) : await receivedOf(storage, row))
}

/** The parts that lie in the storage, in their order. */
export async function receivedOf(storage: Storage, row: FileRow): Promise<number[]> {
  const names = await storage.list(keyOf(row.organization_id, row.key))
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
}

/** The bytes of a file from one to before another, whichever parts they lie in. */
export async function* contentOf(
  storage: Storage,
  row: FileRow,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Uint8Array, void> {
  for (let at = from; at < to; ) {
    const part = Math.floor(at / row.part_bytes)
    const begins = part * row.part_bytes
    const end = Math.min(to, begins + row.part_bytes)
    yield* storage.read(keyOfPart(row, part), { from: at - begins, to: end - begins })
    at = end
  }
}

/** The same as a stream that is closed when nobody reads it any more. */
export function streamOf(storage: Storage, row: FileRow, range: { from: number; to: number }): Readable {
  return Readable.from(contentOf(storage, row, range), { objectMode: false, highWaterMark: 64 * 1024 })
}

/** An answer that has no body. */
export function nothingOf(): Readable {
  return Readable.from([], { objectMode: false })
}

/** What a widget takes of contacts. @throws Failure widget.unknown */
export async function readMedia(
  { database }: { database: Database },
  organizationId: string,
  widgetId: string,
): Promise<Media> {
  const [row] = await database.read<{ media: Media }>(organizationId, {
    name: 'media_of_widget',
    text: 'select media from widgets where organization_id = $1 and id = $2',
    values: [organizationId, widgetId],
  })
  if (!row) throw new Failure('widget.unknown')
  return row.media
}

/** @throws Failure conversation.unknown */
export async function demandConversation(
  { database }: { database: Database },
  { organizationId }: { organizationId: string },
  conversationId: string,
): Promise<void> {
  const rows = await database.read(organizationId, {
    name: 'is_conversation',
    text: 'select from conversations where organization_id = $1 and id = $2',
    values: [organizationId, conversationId],
  })
  if (rows.length === 0) throw new Failure('conversation.unknown')
}

/** How files are dealt with in an organization, and how much room they take. */
export async function readSettings(
  context: {
    database: Database
    quota: { organization: number }
    scannerState: () => FileSettings['scanner']
  },
  { organizationId }: FileSettingsProof,
): Promise<FileSettings> {
  const [row] = await context.database.read<{ keepsPictureData: boolean; stored: number }>(organizationId, {
    name: 'file_settings',
    text: `select o.keeps_picture_data as "keepsPictureData", coalesce(u.bytes, 0) as stored
      from organizations o left join file_usage u on u.organization_id = o.id where o.id = $1`,
    values: [organizationId],
  })
  const { keepsPictureData = false, stored = 0 } = row ?? {}
  return { keepsPictureData, stored, most: context.quota.organization, scanner: context.scannerState() }
}
