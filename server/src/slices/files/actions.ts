import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FileShown, Voice } from '@foyer/contract/entries/file.ts'
import { fileRefused } from '@foyer/contract/entries/file-refused.ts'
import type { Upload } from '@foyer/contract/files.ts'
import { longestVoiceMs } from '@foyer/contract/voice.ts'
import { contentTypeOf, headBytes } from '../../platform/content-type.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { Log } from '../../platform/log.ts'
import { withoutCameraData } from '../../platform/picture-data.ts'
import type { Pictures } from '../../platform/pictures.ts'
import type { Tell } from '../../platform/reactions.ts'
import { passing, type RunningSums } from '../../platform/running-sums.ts'
import type { Scan, Scanner } from '../../platform/scanner.ts'
import { mostSoundBytes, type Sound, soundOf } from '../../platform/sound.ts'
import type { Storage } from '../../platform/storage/storage.ts'
import { demandKind, type FileSettingsProof, type UploadProof } from './access.ts'
import { type Content, kindByContent, lengthOfPart, partsOf, recordingShapeOf, shapeOf } from './model.ts'
// For the facts it declares.
import type {} from './news.ts'
import { contentOf, receivedOf } from './reads.ts'
import {
  type FileRow,
  fileColumns,
  keyOf,
  keyOfPart,
  keyOfThumbnail,
  sizesOf,
  toUpload,
  type UploadRow,
} from './shapes.ts'

export type FilesContext = {
  database: Database
  storage: Storage
  pictures: Pictures
  /** Null: nothing is looked through. */
  scanner: Scanner | null
  quota: Quota
  /** Of uploads that come through this process. */
  sums: RunningSums
  log: Log
  tell: Tell
  /** Called where malware was found, or the scanner could be reached or not. */
  scanned: (outcome: 'there' | 'away') => void
}

/** How many bytes may be stored. */
export type Quota = {
  /** Of one organization. */
  organization: number
  /** Brought by one contact within a day. */
  contactDay: number
}

/**
 * Takes a part as it comes and keeps it; of one that comes twice the first is kept. That it is there the storage says, so that a
 * part costs the database no commit.
 *
 * @throws Failure file.part_length, before anything is read; file.unknown where the upload was removed meanwhile
 */
export async function receivePart(
  context: FilesContext,
  { row }: UploadProof,
  part: { number: number; bytes: number | null; content: AsyncIterable<Uint8Array> },
): Promise<void> {
  if (row.shape) return passOver(part)
  const length = lengthOfPart(sizesOf(row), part.number)
  if (length === null || part.bytes !== length) throw new Failure('file.part_length', { bytes: length })
  const { content, kept } = context.sums.follow(row.key, part.number * row.part_bytes, part.content)
  if (await context.storage.put(keyOfPart(row, part.number), content, length, { isSpent: true })) kept()
  const now = await readRow(context, row)
  if (now?.key === row.key) return
  // What lay under the key may have been removed before these bytes came.
  await context.storage.remove(keyOf(row.organization_id, row.key))
  if (!now) throw new Failure('file.unknown')
}

/** What is not needed is read all the same where it is short: its sender hears of nothing before it is through. */
async function passOver({
  bytes,
  content,
}: {
  bytes: number | null
  content: AsyncIterable<Uint8Array>
}): Promise<void> {
  if (bytes === null) throw new Failure('file.part_length')
  for await (const _ of content);
}

/** What is said at the end of an upload: its checksum, and how loud it is where it is a recording. */
export type Finish = { sha256: string; voice?: Pick<Voice, 'peaks'> | undefined }
/** A recording as it is kept, and drawn. */
type Recording = Sound & Pick<Voice, 'peaks'>

/** By so much a recorder that stops by itself may be late, in milliseconds. */
const clockSlackMs = 30_000

/**
 * Makes one file of the parts: holds them against the checksum, finds out what they are, has them looked through, and takes out
 * of a picture what its camera wrote. Done again, or twice at once, it is one file and answered alike.
 *
 * @throws Failure file.incomplete, file.checksum, file.infected, file.unscanned, file.kind_refused
 */
export async function finishUpload(
  context: FilesContext,
  { row }: UploadProof,
  { sha256, voice }: Finish,
): Promise<Upload> {
  if (row.shape) return finished(row, sha256)
  const arrived = new Set(await receivedOf(context.storage, row))
  const missing = partsOf(sizesOf(row)).filter((part) => !arrived.has(part))
  if (missing.length > 0) throw new Failure('file.incomplete', { missing: missing.slice(0, 100) })
  const { digest, head, found } = await lookThrough(context, row)
  if (digest !== sha256) {
    await dropParts(context, row)
    throw new Failure('file.checksum')
  }
  if (found) {
    context.log.warn('A file with malware was refused.', {
      organizationId: row.organization_id,
      subject: found,
    })
    await drop(context, row)
    if (row.token_hash && row.contact_id)
      await context.tell('file.refused', {
        organizationId: row.organization_id,
        contactId: row.contact_id,
        key: `refused/${row.key}`,
        body: fileRefused.body({ name: row.name, found }),
      })
    throw new Failure('file.infected', { found })
  }
  const sound = voice ? await soundOfUpload(context, row) : null
  const type = sound?.type ?? (await contentTypeOf(head))
  await demandTaken(context, row, { type })
  const recording = voice && sound ? { ...voice, ...sound } : null
  return finished(await keep(context, row, { sha256, type, recording }), sha256)
}

/** Null: it is no recording of a voice, whatever was said of it, or longer than one may be. */
async function soundOfUpload({ storage, pictures }: FilesContext, row: FileRow): Promise<Sound | null> {
  if (row.bytes > mostSoundBytes) return null
  // Read whole, as pictures are, and in turn with them.
  const sound = await pictures.inTurn(async () => soundOf(await wholeOf(storage, row)))
  return sound && sound.ms <= longestVoiceMs + clockSlackMs ? sound : null
}

/** @throws Failure file.checksum where it was finished as something else */
function finished(row: FileRow, sha256: string): Upload {
  if (row.sha256?.toString('hex') !== sha256) throw new Failure('file.checksum')
  return toUpload(row, partsOf(sizesOf(row)))
}

/**
 * Finds out all that is to be known of it, and reads for that what was not seen as it came, or all of it where a scanner is to see
 * it.
 *
 * @throws Failure file.unscanned
 */
async function lookThrough(
  context: FilesContext,
  row: FileRow,
): Promise<{ digest: string; head: Buffer; found: string | null }> {
  const scan = context.scanner?.begin()
  if (scan) context.sums.forget(row.key)
  const sum = context.sums.of(row.key)
  const rest = contentOf(context.storage, row, { from: sum.bytes, to: row.bytes })
  try {
    for await (const chunk of passing(sum, headBytes, rest))
      await scanning(context, scan, (to) => to.write(chunk))
    const found = await scanning(context, scan, (to) => to.end())
    return { digest: sum.hash.digest('hex'), head: sum.head, found: found ?? null }
  } finally {
    scan?.close()
    context.sums.forget(row.key)
  }
}

/** What the scanner cannot look through is not taken. */
async function scanning<T>(
  { scanned, log }: FilesContext,
  scan: Scan | undefined,
  step: (scan: Scan) => Promise<T>,
): Promise<T | undefined> {
  if (!scan) return undefined
  try {
    const result = await step(scan)
    scanned('there')
    return result
  } catch (error) {
    scanned('away')
    log.warn('A file could not be looked through for malware.', { error })
    throw new Failure('file.unscanned', {}, { retryAfter: 10, cause: error as Error })
  }
}

/** Its name may have said otherwise. @throws Failure file.kind_refused */
async function demandTaken(context: FilesContext, row: UploadRow, content: Content): Promise<void> {
  if (!row.media) return
  try {
    demandKind(row.media, kindByContent(row.name, content))
  } catch (error) {
    await drop(context, row)
    throw error
  }
}

/** Writes down what it is; whoever finishes it at the same time gets what was written first. */
async function keep(
  context: FilesContext,
  row: UploadRow,
  { sha256, type, recording }: { sha256: string; type: string; recording: Recording | null },
): Promise<FileRow> {
  const { key, bytes, partBytes, size, hasThumbnail } = recording
    ? await settleRecording(context, row, recording)
    : await settle(context, row, type)
  const shape: FileShown = recording
    ? recordingShapeOf({ id: row.id, name: row.name, bytes }, recording)
    : shapeOf({ id: row.id, name: row.name, bytes }, { type, ...size })
  const [kept] = await context.database.read<FileRow>(row.organization_id, {
    name: 'finish_upload',
    text: `with kept as (
        update files f set shape = $4, sha256 = $5, key = $6, bytes = $7, part_bytes = $8, has_thumbnail = $9
        where f.organization_id = $1 and f.id = $2 and f.key = $3 and f.shape is null returning ${fileColumns}
      ), reserved as (
        delete from file_removals r using kept where r.organization_id = $1 and r.key = kept.key)
      select * from kept`,
    values: [
      row.organization_id,
      row.id,
      row.key,
      JSON.stringify(shape),
      Buffer.from(sha256, 'hex'),
      key,
      bytes,
      partBytes,
      hasThumbnail,
    ],
  })
  const now = kept ?? (await readRow(context, row))
  if (!now?.shape) throw new Failure(now ? 'file.incomplete' : 'file.unknown')
  return now
}

/** Where a file lies in the end, which of a picture or a recording is elsewhere than its parts, and how large it is. */
type Settled = Pick<FileRow, 'key' | 'bytes'> & {
  partBytes: number
  size: { width: number; height: number } | null
  hasThumbnail: boolean
}

async function settleRecording(
  context: FilesContext,
  row: UploadRow,
  { bytes: content }: Recording,
): Promise<Settled> {
  const bytes = content.byteLength
  const key = await reserveKey(context, row.organization_id)
  const at = { organization_id: row.organization_id, key }
  await context.storage.put(keyOfPart(at, 0), Readable.from([content]), bytes)
  return { key, bytes, partBytes: bytes, size: null, hasThumbnail: false }
}

async function settle(context: FilesContext, row: UploadRow, type: string): Promise<Settled> {
  const asItIs = {
    key: row.key,
    bytes: row.bytes,
    partBytes: row.part_bytes,
    size: null,
    hasThumbnail: false,
  }
  if (!type.startsWith('image/')) return asItIs
  // Pictures are worked on whole; so few at once that what they hold stays bounded.
  return context.pictures.inTurn(async () => {
    const whole = await wholeOf(context.storage, row)
    const keepsData = await keepsPictureData(context, row.organization_id)
    const clean = keepsData ? null : withoutCameraData(whole, type)
    const size = context.pictures.sizeOf(clean ?? whole, type)
    const thumbnail = size && (await context.pictures.thumbnail(clean ?? whole, size))
    const bytes = clean?.byteLength ?? row.bytes
    const settled = clean
      ? { ...asItIs, key: await reserveKey(context, row.organization_id), bytes, partBytes: bytes }
      : asItIs
    const at = { organization_id: row.organization_id, key: settled.key }
    if (clean) await context.storage.put(keyOfPart(at, 0), Readable.from([clean]), bytes)
    if (thumbnail)
      await context.storage.put(keyOfThumbnail(at), Readable.from([thumbnail]), thumbnail.byteLength)
    return { ...settled, size, hasThumbnail: thumbnail !== null }
  })
}

async function wholeOf(storage: Storage, row: FileRow): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of contentOf(storage, row, { from: 0, to: row.bytes })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function keepsPictureData({ database }: FilesContext, organizationId: string): Promise<boolean> {
  const [row] = await database.read<{ keeps: boolean }>(organizationId, {
    name: 'keeps_picture_data',
    text: 'select keeps_picture_data as keeps from organizations where id = $1',
    values: [organizationId],
  })
  return row?.keeps ?? false
}

async function readRow({ database }: FilesContext, row: FileRow): Promise<FileRow | undefined> {
  const [now] = await database.read<FileRow>(row.organization_id, {
    name: 'file_row',
    text: `select ${fileColumns} from files f where f.organization_id = $1 and f.id = $2`,
    values: [row.organization_id, row.id],
  })
  return now
}

/** What arrived is not what was sent: it begins anew, and lies elsewhere, apart from parts that are still on their way. */
async function dropParts({ database }: FilesContext, row: FileRow): Promise<void> {
  await database.read(row.organization_id, {
    name: 'drop_parts',
    text: `update files set key = $4 where organization_id = $1 and id = $2 and key = $3 and shape is null`,
    values: [row.organization_id, row.id, row.key, randomUUID()],
  })
}

async function drop({ database }: FilesContext, row: FileRow): Promise<void> {
  await database.read(row.organization_id, {
    name: 'drop_upload',
    text: 'delete from files where organization_id = $1 and id = $2 and key = $3 and entry_id is null',
    values: [row.organization_id, row.id, row.key],
  })
}

/** A key for bytes that may come to nothing: unless a file takes it within an hour, they are removed. */
async function reserveKey({ database }: FilesContext, organizationId: string): Promise<string> {
  const key = randomUUID()
  await database.read(organizationId, {
    name: 'reserve_file_key',
    text: `insert into file_removals (organization_id, key, at) values ($1, $2, clock_now() + interval '1 hour')`,
    values: [organizationId, key],
  })
  return key
}

/** Removes what has not been sent. @throws Failure file.sent */
export async function removeUpload({ database }: FilesContext, { row }: UploadProof): Promise<void> {
  const gone = await database.read(row.organization_id, {
    name: 'remove_upload',
    text: 'delete from files where organization_id = $1 and id = $2 and entry_id is null returning id',
    values: [row.organization_id, row.id],
  })
  if (gone.length === 0) throw new Failure('file.sent')
}

/** Removes bytes that nothing leads to. */
export async function removeBytes(
  { database, storage }: Pick<FilesContext, 'database' | 'storage'>,
  removal: { organization_id: string; key: string },
): Promise<void> {
  await storage.remove(keyOf(removal.organization_id, removal.key))
  await database.read(removal.organization_id, {
    name: 'file_removed',
    text: 'delete from file_removals where organization_id = $1 and key = $2',
    values: [removal.organization_id, removal.key],
  })
}

/** Says whether pictures keep what cameras wrote into them; those that are here stay as they are. */
export async function changeSettings(
  { database }: { database: Database },
  { organizationId }: FileSettingsProof,
  { keepsPictureData }: { keepsPictureData: boolean },
): Promise<void> {
  await database.read(organizationId, {
    text: 'update organizations set keeps_picture_data = $2 where id = $1',
    values: [organizationId, keepsPictureData],
  })
}
