import { timingSafeEqual } from 'node:crypto'
import { type FileKind, fileKinds, type Media } from '@foyer/contract/files.ts'
import { hmac } from '../../platform/crypto.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { ContactCaller } from '../contacts/access.ts'
import { demandRight, type OperatorProof, type RightProof } from '../operators/access.ts'
import { type FileRow, fileColumns, type UploadRow } from './shapes.ts'

declare const proven: unique symbol

/** Who brings a file: an operator, or whoever has this secret of a contact. */
export type Bringer =
  | { readonly operatorId: string; readonly tokenHash: null }
  | { readonly operatorId: null; readonly tokenHash: Buffer }

export const bringerOf = {
  operator: ({ operatorId }: { operatorId: string }): Bringer => ({ operatorId, tokenHash: null }),
  contact: ({ tokenHash }: { tokenHash: Buffer }): Bringer => ({ operatorId: null, tokenHash }),
}

/** That whoever calls has begun this upload. */
export type UploadProof = { readonly [proven]: 'upload'; readonly row: UploadRow }

/** That this file may be seen by whom an address of it was made for. */
export type FileProof = { readonly [proven]: 'file'; readonly row: FileRow; readonly variant: Variant }

/** That this operator may see and change how files are dealt with. */
export type FileSettingsProof = RightProof<'widgets.manage'>

/** @throws Failure role.missing */
export const accessFileSettings = (operator: OperatorProof): FileSettingsProof =>
  demandRight(operator, 'widgets.manage')

/** @throws Failure file.unknown */
export async function accessUpload(
  context: { database: Database },
  operator: OperatorProof,
  uploadId: string,
): Promise<UploadProof> {
  // What operators send no widget has a say in.
  const [row] = await context.database.read<UploadRow>(operator.organizationId, {
    name: 'upload',
    text: `select ${fileColumns}, null as media from files f
      where f.organization_id = $1 and f.id = $2 and f.operator_id = $3`,
    values: [operator.organizationId, uploadId, operator.operatorId],
  })
  return proofOf(row)
}

/** @throws Failure file.unknown */
export async function accessMyUpload(
  context: { database: Database },
  caller: ContactCaller,
  uploadId: string,
): Promise<UploadProof> {
  // Who has not written yet belongs to no organization.
  const [row] = await context.database.run<UploadRow>({
    name: 'upload_of_token',
    text: `select ${fileColumns}, u.media from upload_of_token($1, $2) u, lateral (select (u.upload).*) f`,
    values: [uploadId, caller.tokenHash],
  })
  return proofOf(row)
}

/** @throws Failure file.unknown */
function proofOf(row: UploadRow | undefined): UploadProof {
  if (!row) throw new Failure('file.unknown')
  return { row } as UploadProof
}

/** @throws Failure file.kind_refused where a widget does not take this kind of contacts */
export function demandKind({ contacts, kinds }: Media, kind: FileKind): void {
  if (contacts && kinds.includes(kind)) return
  throw new Failure('file.kind_refused', {
    kinds: contacts ? fileKinds.filter((one) => kinds.includes(one)) : [],
  })
}

/** Who looks at a file. */
export type Viewer = { kind: 'operator' | 'contact'; organizationId: string; id: string }

const variants = ['shown', 'saved', 'thumbnail'] as const
export type Variant = (typeof variants)[number]

/** Addresses hold so long from the beginning of a stretch of time, half of which they have at least. */
const stretchSeconds = 300

/** Until when an address holds that is made now, in seconds since 1970. All of one stretch are alike, so that browsers know what they have. */
export function holdsUntil(nowMs: number): number {
  return (Math.floor(nowMs / 1000 / stretchSeconds) + 2) * stretchSeconds
}

const macBytes = 16
/** Version, until when, which variant, who looks: kind, organization, id; which file. */
const saidBytes = 1 + 4 + 1 + 1 + 16 + 16 + 16

/** The address of a file for one who looks, signed. */
export function addressOf(
  secret: Buffer,
  { viewer, fileId, variant, until }: { viewer: Viewer; fileId: string; variant: Variant; until: number },
): string {
  const said = Buffer.concat([
    Buffer.from([1, ...bytesOf(until), variants.indexOf(variant), viewer.kind === 'operator' ? 0 : 1]),
    idBytes(viewer.organizationId),
    idBytes(viewer.id),
    idBytes(fileId),
  ])
  return Buffer.concat([said, macOf(secret, said)]).toString('base64url')
}

/** What an address says that we have signed and that still holds; else null. */
function readAddress(
  secret: Buffer,
  address: string,
  nowMs: number,
): { viewer: Viewer; fileId: string; variant: Variant } | null {
  const bytes = Buffer.from(address, 'base64url')
  if (bytes.length !== saidBytes + macBytes) return null
  const said = bytes.subarray(0, saidBytes)
  if (!timingSafeEqual(macOf(secret, said), bytes.subarray(saidBytes))) return null
  const variant = variants[said[5] ?? -1]
  if (said[0] !== 1 || !variant || said.readUInt32BE(1) * 1000 <= nowMs) return null
  return {
    viewer: {
      kind: said[6] === 0 ? 'operator' : 'contact',
      organizationId: idOf(said.subarray(7, 23)),
      id: idOf(said.subarray(23, 39)),
    },
    fileId: idOf(said.subarray(39, 55)),
    variant,
  }
}

/** @throws Failure file.unknown, whatever it is that is wrong */
export async function accessByAddress(
  context: { database: Database; secret: Buffer },
  address: string,
  nowMs: number,
): Promise<FileProof> {
  const asked = readAddress(context.secret, address, nowMs)
  const [row] = asked ? await findSeen(context, asked.viewer, [asked.fileId]) : []
  if (!asked || !row || (asked.variant === 'thumbnail' && !row.has_thumbnail))
    throw new Failure('file.unknown')
  return { row, variant: asked.variant } as FileProof
}

/** Of these files those that somebody may see: of messages that are there for them, and what they have brought and not sent. */
export async function findSeen(
  { database }: { database: Database },
  { kind, organizationId, id }: Viewer,
  fileIds: readonly string[],
): Promise<FileRow[]> {
  const seen = {
    operator: `(f.entry_id is not null or f.operator_id = $2) and exists (select from operators o
        where o.organization_id = f.organization_id and o.id = $2 and o.deactivated_at is null)`,
    contact: `coalesce(blocked_until(f.organization_id, $2) <= clock_now(), true) and case
        when f.entry_id is null then f.token_hash is not null and f.contact_id = $2
        else exists (select from conversations c join entries e
          on e.organization_id = c.organization_id and e.conversation_id = c.id and e.id = f.entry_id
          where c.organization_id = f.organization_id and c.id = f.conversation_id and c.contact_id = $2
            and e.public_seq is not null and e.deleted_for_contact_at is null) end`,
  }
  return database.read<FileRow>(organizationId, {
    name: `files_seen_by_${kind}`,
    text: `select ${fileColumns} from files f
      where f.organization_id = $1 and f.id = any ($3) and f.shape is not null and ${seen[kind]}`,
    values: [organizationId, id, fileIds],
  })
}

function macOf(secret: Buffer, said: Buffer): Buffer {
  return hmac(secret, `file:${said.toString('base64url')}`).subarray(0, macBytes)
}

function bytesOf(number: number): number[] {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return [...bytes]
}

function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

function idOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
