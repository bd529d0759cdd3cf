import { z } from 'zod'
import { file, voice } from './entries/file.ts'
import { partBytes } from './file-facts.ts'
import { type Caller, route } from './route.ts'
import { count, id, moment, nothing, octets } from './scalars.ts'

/** The groups of files that a widget may take; `other` is whatever is in none of them, programs included. */
export const fileKinds = ['picture', 'video', 'audio', 'document', 'archive', 'other'] as const
export const fileKind = z.enum(fileKinds)
export type FileKind = z.infer<typeof fileKind>

/** What a widget takes of contacts. */
export const media = z.strictObject({
  /** Whether contacts may send files at all. */
  contacts: z.boolean(),
  kinds: z.array(fileKind).max(fileKinds.length),
})
export type Media = z.infer<typeof media>

/** A file on its way to us, in parts of one length, the last of which may be shorter. */
export const upload = z.strictObject({
  id,
  name: z.string(),
  bytes: count,
  partBytes: count,
  /** The numbers of the parts that have arrived and will stay, the first being 0. */
  received: z.array(count),
  /** What it is, once it is finished: it can then be sent. */
  file: file.nullable(),
})
export type Upload = z.infer<typeof upload>

const uploadParams = z.strictObject({ uploadId: id })
const start = {
  id,
  /** What it is called; of a path only the end is kept. */
  name: z.string().min(1).max(1_000),
  bytes: z.int().min(1),
  partBytes: z.int().min(partBytes.least).max(partBytes.most).default(partBytes.most),
}
const refusals = ['file.too_large', 'file.kind_refused', 'file.quota', 'create.id_reused'] as const

/* The same for both sides: whoever calls sees and continues the uploads that they have begun themselves, and no others. */

/* @__NO_SIDE_EFFECTS__ */
function reading<Who extends Caller>(caller: Who, base: string) {
  return route({
    method: 'GET',
    path: `${base}/:uploadId`,
    caller,
    summary: 'Read which parts of a file have arrived, and what it is once it is finished',
    params: uploadParams,
    query: nothing,
    body: nothing,
    answer: upload,
    errors: ['file.unknown'],
  })
}

/* @__NO_SIDE_EFFECTS__ */
function sendingPart<Who extends Caller>(caller: Who, base: string) {
  return route({
    method: 'PUT',
    path: `${base}/:uploadId/parts/:part`,
    caller,
    summary: 'Send a part of a file, as long as it must be; when it is answered the part will stay',
    params: z.strictObject({
      uploadId: id,
      part: z
        .string()
        .regex(/^\d{1,4}$/)
        .transform(Number),
    }),
    query: nothing,
    body: octets,
    takes: { types: ['application/octet-stream'], atMost: partBytes.most, isStreamed: true },
    answer: nothing,
    errors: ['file.unknown', 'file.part_length'],
  })
}

/* @__NO_SIDE_EFFECTS__ */
function finishing<Who extends Caller>(caller: Who, base: string) {
  return route({
    method: 'POST',
    path: `${base}/:uploadId/finish`,
    caller,
    summary:
      'Finish a file: its parts are held against its checksum, it is found out what it is, and it is looked through',
    params: uploadParams,
    query: nothing,
    body: z.strictObject({
      /** Of all of its bytes, in hexadecimal digits. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      /** It was recorded as a voice message: how loud it is. What is no such recording becomes a file like any other. */
      voice: voice.pick({ peaks: true }).optional(),
    }),
    answer: upload,
    errors: [
      'file.unknown',
      'file.incomplete',
      'file.checksum',
      'file.kind_refused',
      'file.infected',
      'file.unscanned',
    ],
  })
}

/* @__NO_SIDE_EFFECTS__ */
function removing<Who extends Caller>(caller: Who, base: string) {
  return route({
    method: 'DELETE',
    path: `${base}/:uploadId`,
    caller,
    summary: 'Remove a file that has not been sent, or stop its upload',
    params: uploadParams,
    query: nothing,
    body: nothing,
    answer: nothing,
    errors: ['file.unknown', 'file.sent'],
  })
}

/* @__NO_SIDE_EFFECTS__ */
function linking<Who extends Caller>(caller: Who, path: string) {
  return route({
    method: 'POST',
    path,
    caller,
    summary: 'Make addresses of files for me, which hold for some minutes; those I may not see are left out',
    params: nothing,
    query: nothing,
    body: z.strictObject({
      ids: z.array(id).min(1).max(100),
      /** `shown`: as it is, to be seen or played here · `saved`: the same, to be saved · `thumbnail`: a small picture of it. */
      variant: z.enum(['shown', 'saved', 'thumbnail']),
    }),
    answer: z.strictObject({
      /** The address of a thumbnail is left out where there is none. */
      items: z.array(z.strictObject({ id, url: z.string() })),
      /** Until when the addresses hold. */
      until: moment,
    }),
    errors: [],
  })
}

export const startUpload = route({
  method: 'POST',
  path: '/api/v1/uploads',
  caller: 'operator',
  summary: 'Begin to send a file of at most 100 MB; it is then sent in parts',
  params: nothing,
  query: nothing,
  body: z.strictObject({ ...start, conversationId: id }),
  answer: upload,
  errors: ['conversation.unknown', ...refusals],
})

export const readUpload = reading('operator', '/api/v1/uploads')
export const sendPart = sendingPart('operator', '/api/v1/uploads')
export const finishUpload = finishing('operator', '/api/v1/uploads')
export const removeUpload = removing('operator', '/api/v1/uploads')
export const linkFiles = linking('operator', '/api/v1/files/links')

export const startMyUpload = route({
  method: 'POST',
  path: '/api/v1/messenger/uploads',
  caller: 'contact',
  summary: 'Begin to send a file of at most 100 MB; also before there is a conversation',
  params: nothing,
  query: nothing,
  body: z.strictObject({ ...start, widgetKey: z.string().min(1).max(64) }),
  answer: upload,
  errors: ['widget.unknown', 'widget.site', 'contact.blocked', ...refusals],
})

export const readMyUpload = reading('contact', '/api/v1/messenger/uploads')
export const sendMyPart = sendingPart('contact', '/api/v1/messenger/uploads')
export const finishMyUpload = finishing('contact', '/api/v1/messenger/uploads')
export const removeMyUpload = removing('contact', '/api/v1/messenger/uploads')
export const linkMyFiles = linking('contact', '/api/v1/messenger/files/links')

export const readFile = route({
  method: 'GET',
  path: '/api/v1/files/at/:address',
  caller: 'anyone',
  summary:
    'Read a file by an address that was made for somebody, for as long as they may see it; ranges are known',
  params: z.strictObject({ address: z.string().regex(/^[A-Za-z0-9_-]{40,160}$/) }),
  query: nothing,
  body: nothing,
  answer: octets,
  gives: 'application/octet-stream',
  isStreamed: true,
  errors: ['file.unknown'],
})

/** How files are dealt with in an organization. */
export const fileSettings = z.strictObject({
  /** Whether pictures keep what cameras wrote into them: place, time, device. */
  keepsPictureData: z.boolean(),
  /** What looks through files for malware: nothing · a scanner that answers · one that did not when it was last asked. */
  scanner: z.enum(['none', 'there', 'away']),
  /** Bytes that are stored, and may be. */
  stored: count,
  most: count,
})
export type FileSettings = z.infer<typeof fileSettings>

export const readFileSettings = route({
  method: 'GET',
  path: '/api/v1/files/settings',
  caller: 'operator',
  summary: 'Read how files are dealt with, and how much room they take',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: fileSettings,
  errors: ['role.missing'],
})

export const updateFileSettings = route({
  method: 'PATCH',
  path: '/api/v1/files/settings',
  caller: 'operator',
  summary: 'Say whether pictures that come from now on keep what cameras wrote into them',
  params: nothing,
  query: nothing,
  body: z.strictObject({ keepsPictureData: z.boolean() }),
  answer: fileSettings,
  errors: ['role.missing'],
})
