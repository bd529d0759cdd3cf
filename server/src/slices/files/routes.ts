import type { FileShown } from '@foyer/contract/entries/file.ts'
import * as files from '@foyer/contract/files.ts'
import { Failure } from '../../platform/failure.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind, type ReplyFacts, type RequestFacts } from '../../platform/http/bind.ts'
import { blockedFailure } from '../contacts/access.ts'
import { accessWidget } from '../widgets/access.ts'
import {
  accessByAddress,
  accessFileSettings,
  accessMyUpload,
  accessUpload,
  bringerOf,
  type FileProof,
  type UploadProof,
} from './access.ts'
import * as actions from './actions.ts'
import { rangeOf, servedAs } from './model.ts'
import * as reads from './reads.ts'
import { keyOfThumbnail } from './shapes.ts'
import { startUpload } from './start.ts'

export type FileRoutesContext = actions.FilesContext & {
  secret: Buffer
  filesOrigin: string | null
  finishing: Map<string, Promise<files.Upload>>
  scannerState: () => files.FileSettings['scanner']
}

/** The routes by which files come and are looked at, of both sides. */
export function fileRoutes(context: FileRoutesContext): BoundRoute[] {
  return [
    ...operatorRoutes(context),
    ...contactRoutes(context),
    ...servingRoutes(context),
    ...settingsRoutes(context),
  ]
}

function operatorRoutes(context: FileRoutesContext): BoundRoute[] {
  return [
    bind(files.startUpload, async ({ caller, body }) => {
      await reads.demandConversation(context, caller, body.conversationId)
      const { organizationId } = caller
      const bringer = bringerOf.operator(caller)
      return startUpload(context, { organizationId, bringer, contactId: null, widget: null }, body)
    }),
    bind(files.readUpload, async ({ caller, params }) =>
      reads.readUpload(context.storage, (await accessUpload(context, caller, params.uploadId)).row),
    ),
    bind(files.sendPart, async ({ caller, params, body, request }) => {
      await actions.receivePart(context, await accessUpload(context, caller, params.uploadId), {
        number: params.part,
        bytes: request.contentLength,
        content: body,
      })
      return {}
    }),
    bind(files.finishUpload, async ({ caller, params, body }) =>
      finish(context, await accessUpload(context, caller, params.uploadId), body),
    ),
    bind(files.removeUpload, async ({ caller, params }) => {
      await actions.removeUpload(context, await accessUpload(context, caller, params.uploadId))
      return {}
    }),
    bind(files.linkFiles, async ({ caller, body }) => {
      const { organizationId, operatorId } = caller
      return reads.linkFiles(context, { kind: 'operator', organizationId, id: operatorId }, body, Date.now())
    }),
  ]
}

function contactRoutes(context: FileRoutesContext): BoundRoute[] {
  return [
    bind(
      files.startMyUpload,
      async ({ caller, body, request, count }) => {
        const { organizationId, widgetId } = await accessWidget(context, body.widgetKey, request)
        const { known } = caller
        if (known && known.organizationId !== organizationId) throw new Failure('widget.unknown')
        if (known?.blockedUntil) throw blockedFailure(known.blockedUntil)
        if (known) await count([{ rule: 'contact_upload', subject: known.contactId }])
        const media = await reads.readMedia(context, organizationId, widgetId)
        const beginning = {
          organizationId,
          bringer: bringerOf.contact(caller),
          contactId: known?.contactId ?? null,
          widget: { id: widgetId, media },
        }
        return startUpload(context, beginning, body)
      },
      { uses: ({ request }) => [{ rule: 'address_upload', subject: addressPrefix(request.ip) }] },
    ),
    bind(files.readMyUpload, async ({ caller, params }) =>
      reads.readUpload(context.storage, (await accessMyUpload(context, caller, params.uploadId)).row),
    ),
    bind(
      files.sendMyPart,
      async ({ caller, params, body, request }) => {
        await actions.receivePart(context, await accessMyUpload(context, caller, params.uploadId), {
          number: params.part,
          bytes: request.contentLength,
          content: body,
        })
        return {}
      },
      { uses: ({ request }) => [{ rule: 'address_part', subject: addressPrefix(request.ip) }] },
    ),
    bind(files.finishMyUpload, async ({ caller, params, body }) =>
      finish(context, await accessMyUpload(context, caller, params.uploadId), body),
    ),
    bind(files.removeMyUpload, async ({ caller, params }) => {
      await actions.removeUpload(context, await accessMyUpload(context, caller, params.uploadId))
      return {}
    }),
    bind(
      files.linkMyFiles,
      async ({ caller, body }) => {
        const { known } = caller
        if (!known) return { items: [], until: new Date().toISOString() }
        const viewer = {
          kind: 'contact',
          organizationId: known.organizationId,
          id: known.contactId,
        } as const
        return reads.linkFiles(context, viewer, body, Date.now())
      },
      { uses: ({ request }) => [{ rule: 'address_file', subject: addressPrefix(request.ip) }] },
    ),
  ]
}

function servingRoutes(context: FileRoutesContext): BoundRoute[] {
  const origin = context.filesOrigin && new URL(context.filesOrigin).host
  return [
    bind(
      files.readFile,
      async ({ params, request, reply }) => {
        // Where files have an origin of their own, they are nothing on ours.
        if (origin && request.host !== origin) throw new Failure('file.unknown')
        const proof = await accessByAddress(context, params.address, Date.now())
        return serve(context, proof, { request, reply })
      },
      { uses: ({ request }) => [{ rule: 'address_file', subject: addressPrefix(request.ip) }] },
    ),
  ]
}

function settingsRoutes(context: FileRoutesContext): BoundRoute[] {
  return [
    bind(files.readFileSettings, ({ caller }) => reads.readSettings(context, accessFileSettings(caller))),
    bind(files.updateFileSettings, async ({ caller, body }) => {
      const proof = accessFileSettings(caller)
      await actions.changeSettings(context, proof, body)
      return reads.readSettings(context, proof)
    }),
  ]
}

/** Two who finish the same at once wait for one. */
function finish(context: FileRoutesContext, proof: UploadProof, body: actions.Finish): Promise<files.Upload> {
  const { organization_id, key } = proof.row
  const name = `${organization_id}/${key}/${body.sha256}`
  const under = context.finishing.get(name)
  if (under) return under
  const work = actions.finishUpload(context, proof, body).finally(() => context.finishing.delete(name))
  context.finishing.set(name, work)
  return work
}

/** Hands a file out, whole or the range that is asked for, under headers that let nothing in it run. */
async function serve(
  context: FileRoutesContext,
  { row, variant }: FileProof,
  { request, reply }: { request: RequestFacts; reply: ReplyFacts },
) {
  const isThumbnail = variant === 'thumbnail'
  const { type, disposition, isInline } = servedAs(
    isThumbnail ? { name: 'thumbnail.webp', type: 'image/webp' } : (row.shape as FileShown),
    { isSaved: variant === 'saved' },
  )
  reply.header('content-type', type)
  reply.header('content-disposition', disposition)
  // Asked again each time, because it may have been taken away; what has not changed is not sent again.
  reply.header('cache-control', 'private, no-cache')
  const tag = `"${row.key}${isThumbnail ? '-t' : ''}"`
  reply.header('etag', tag)
  // What an address was made for is what may be shown with it; it is a secret of whom it was made for.
  reply.header('referrer-policy', 'no-referrer')
  if (context.filesOrigin) reply.header('cross-origin-resource-policy', 'cross-origin')
  // A browser opens no PDF in a sandbox, and runs nothing of it in our origin.
  if (type === 'application/pdf' && isInline) reply.header('content-security-policy', pdfPolicy)
  if (request.ifNoneMatch === tag) {
    reply.status(304)
    return reads.nothingOf()
  }
  if (isThumbnail) return context.storage.read(keyOfThumbnail(row), { from: 0, to: Number.MAX_SAFE_INTEGER })
  reply.header('accept-ranges', 'bytes')
  const range = rangeOf(request.range, row.bytes)
  if (!range) {
    reply.status(416)
    reply.header('content-range', `bytes */${row.bytes}`)
    return reads.nothingOf()
  }
  const asked = range === 'whole' ? { from: 0, to: row.bytes } : range
  if (range !== 'whole') {
    reply.status(206)
    reply.header('content-range', `bytes ${asked.from}-${asked.to - 1}/${row.bytes}`)
  }
  reply.header('content-length', String(asked.to - asked.from))
  return reads.streamOf(context.storage, row, asked)
}

const pdfPolicy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
