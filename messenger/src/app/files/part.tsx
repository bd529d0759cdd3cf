import type { Api } from '@foyer/client/api.ts'
import { createFileLinks } from '@foyer/client/file-links.ts'
import { keepFiles } from '@foyer/client/kept-files.ts'
import { loadPatiently } from '@foyer/client/load.ts'
import { pictureSize } from '@foyer/client/picture-size.ts'
import { putBytes } from '@foyer/client/put-bytes.ts'
import { createText } from '@foyer/client/text.ts'
import { createUploads } from '@foyer/client/uploads.ts'
import type { finishMyUpload, linkMyFiles, removeMyUpload, startMyUpload } from '@foyer/contract/files.ts'
import type { AnswerOf, BodyOf } from '@foyer/contract/route.ts'
import type errors from '../../../../locales/en/errors.json'
import { makeContactToken, readContactToken } from '../contact-token.ts'
import type { Keeper } from '../storage.ts'
import { Attached } from './attached.tsx'
import { DropHint } from './drop-hint.tsx'
import { MessageFiles } from './message-files.tsx'
import '../styles/files.css'

type Errors = typeof errors
const root = '/api/v1/messenger/uploads'
const catalogues = import.meta.glob<Errors>('../../../../locales/*/errors.json', { import: 'default' })

/** Opens it for the contact of this browser. */
export async function openPart(options: { api: Api; keeper: Keeper; widgetKey: string; storageKey: string }) {
  const { api, keeper, widgetKey, storageKey } = options
  const locale = document.documentElement.lang
  const texts = await loadPatiently(async () => catalogues[`../../../../locales/${locale}/errors.json`]?.())
  const uploads = createUploads({
    storage: keeper.storage,
    storageKey,
    files: keeper.kept ? keepFiles(storageKey) : null,
    measure: pictureSize,
    routes: {
      begin({ place: _, ...upload }, signal) {
        // Whoever sends a file before anything is written becomes a contact by it.
        if (!readContactToken(keeper)) makeContactToken(keeper)
        const body = { ...upload, widgetKey } satisfies BodyOf<typeof startMyUpload>
        return api.request<AnswerOf<typeof startMyUpload>>('POST', root, { body, signal })
      },
      part: ({ id, index, bytes, sent }, signal) =>
        putBytes(`${root}/${id}/parts/${index}`, bytes, {
          headers: { 'x-foyer': '1', authorization: `Contact ${readContactToken(keeper)}` },
          signal,
          sent,
        }),
      finish: (id, said, signal) =>
        api.request<AnswerOf<typeof finishMyUpload>>('POST', `${root}/${id}/finish`, {
          body: said satisfies BodyOf<typeof finishMyUpload>,
          signal,
        }),
      drop: async (id) =>
        void (await api.request<AnswerOf<typeof removeMyUpload>>('DELETE', `${root}/${id}`)),
    },
  })
  window.addEventListener('storage', ({ key }) => uploads.kept(key))
  const links = createFileLinks({
    ask: (ids, variant) =>
      api.request<AnswerOf<typeof linkMyFiles>>('POST', '/api/v1/messenger/files/links', {
        body: { ids: [...ids], variant } satisfies BodyOf<typeof linkMyFiles>,
      }),
  })
  return {
    uploads,
    links,
    errorText: createText<keyof Errors>(locale, texts as Errors),
    Attached,
    MessageFiles,
    DropHint,
  }
}
