import { keepFiles } from '@foyer/client/kept-files.ts'
import { pictureSize } from '@foyer/client/picture-size.ts'
import { putBytes } from '@foyer/client/put-bytes.ts'
import { createUploads, type Uploads } from '@foyer/client/uploads.ts'
import { finishUpload, removeUpload, sendPart, startUpload } from '@foyer/contract/files.ts'
import { api } from './api.ts'

/** What brings this operator's files to the server. */
export function startUploads(meId: string, storageKey: string): Uploads {
  return createUploads({
    storage: localStorage,
    storageKey,
    files: keepFiles(`foyer-files-${meId}`),
    measure: pictureSize,
    routes: {
      begin: ({ place, ...body }, signal) =>
        api.call(startUpload, { body: { ...body, conversationId: place }, signal }),
      part: ({ id, index, bytes, sent }, signal) =>
        putBytes(sendPart.path.replace(':uploadId', id).replace(':part', String(index)), bytes, {
          headers: { 'x-foyer': '1' },
          signal,
          sent,
        }),
      finish: (uploadId, body, signal) => api.call(finishUpload, { params: { uploadId }, body, signal }),
      async drop(uploadId) {
        await api.call(removeUpload, { params: { uploadId } })
      },
    },
  })
}
