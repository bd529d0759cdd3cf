import { largestFile } from '@foyer/contract/file-facts.ts'
import type { Media, Upload } from '@foyer/contract/files.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import { type Bringer, demandKind } from './access.ts'
import type { FilesContext } from './actions.ts'
import { cleanName, kindByName } from './model.ts'
import { readUpload } from './reads.ts'
import { type FileRow, fileColumns, toUpload } from './shapes.ts'

/** Where a file is sent from, and what may be sent there. */
export type Beginning = {
  organizationId: string
  bringer: Bringer
  contactId: string | null
  /** Whose rules hold; null: operators send what they like. */
  widget: { id: string; media: Media } | null
}

type Wanted = { id: string; name: string; bytes: number; partBytes: number }

/**
 * Begins an upload, or answers the one that was begun with the same id. Whatever would be refused at its end for its size, its
 * name or want of room is refused here, before a byte of it comes.
 *
 * @throws Failure file.too_large, file.kind_refused, file.quota, create.id_reused
 */
export async function startUpload(
  context: FilesContext,
  beginning: Beginning,
  wanted: Wanted,
): Promise<Upload> {
  const { organizationId, bringer } = beginning
  if (wanted.bytes > largestFile) throw new Failure('file.too_large', { most: largestFile })
  const name = cleanName(wanted.name)
  if (beginning.widget) demandKind(beginning.widget.media, kindByName(name))
  const begun = await readBegun(context, organizationId, wanted.id)
  if (begun) return sameUpload(context, begun, { bringer, wanted: { ...wanted, name } })
  try {
    return toUpload(await begin(context, beginning, { ...wanted, name }), [])
  } catch (error) {
    const twin = violates(error, 'files_pkey') && (await readBegun(context, organizationId, wanted.id))
    if (twin) return sameUpload(context, twin, { bringer, wanted: { ...wanted, name } })
    throw error
  }
}

async function begin(
  { database, quota }: FilesContext,
  { organizationId, bringer, contactId, widget }: Beginning,
  { id, name, bytes, partBytes }: Wanted,
): Promise<FileRow> {
  return database.within(organizationId, async (transaction) => {
    // The row of an organization is held until the end, so that those who begin at once see each other.
    const [usage] = await transaction.query<{ bytes: number }>({
      text: `insert into file_usage as u (organization_id, bytes) values ($1, $2)
        on conflict (organization_id) do update set bytes = u.bytes + $2 returning bytes`,
      values: [organizationId, bytes],
    })
    const left = quota.organization - ((usage?.bytes ?? 0) - bytes)
    if (left < bytes) throw new Failure('file.quota', { whose: 'organization', left: Math.max(0, left) })
    if (bringer.tokenHash) {
      const [day] = await transaction.query<{ bytes: number }>({
        text: `select coalesce(sum(f.bytes), 0)::bigint as bytes from files f
          where f.organization_id = $1 and f.created_at > clock_now() - interval '1 day' and f.token_hash is not null
            and (f.contact_id = $2 or f.token_hash = $3)`,
        values: [organizationId, contactId, bringer.tokenHash],
      })
      const leftToday = quota.contactDay - (day?.bytes ?? 0)
      if (leftToday < bytes)
        throw new Failure('file.quota', { whose: 'contact', left: Math.max(0, leftToday) })
    }
    const [row] = await transaction.query<FileRow>({
      text: `insert into files as f (organization_id, id, operator_id, token_hash, contact_id, widget_id, name, bytes, part_bytes)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${fileColumns}`,
      values: [
        organizationId,
        id,
        bringer.operatorId,
        bringer.tokenHash,
        contactId,
        widget?.id ?? null,
        name,
        bytes,
        partBytes,
      ],
    })
    return row as FileRow
  })
}

async function readBegun(
  { database }: FilesContext,
  organizationId: string,
  id: string,
): Promise<FileRow | undefined> {
  const [row] = await database.read<FileRow>(organizationId, {
    name: 'begun_upload',
    text: `select ${fileColumns} from files f where f.organization_id = $1 and f.id = $2`,
    values: [organizationId, id],
  })
  return row
}

/** @throws Failure create.id_reused, unless the same was begun by the same */
async function sameUpload(
  { storage }: FilesContext,
  row: FileRow,
  { bringer, wanted }: { bringer: Bringer; wanted: Wanted },
): Promise<Upload> {
  const isTheirs =
    row.operator_id === bringer.operatorId &&
    (bringer.tokenHash === null || row.token_hash?.equals(bringer.tokenHash))
  // Once finished it may be smaller than it came, without what was taken out of it.
  const isSame = row.name === wanted.name && (row.shape !== null || row.bytes === wanted.bytes)
  if (!isTheirs || !isSame) throw new Failure('create.id_reused')
  return readUpload(storage, row)
}
