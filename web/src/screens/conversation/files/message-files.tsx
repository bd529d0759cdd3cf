import type { FileShown } from '@foyer/contract/entries/file.ts'
import { Suspense } from 'react'
import { soon } from '../../../soon.ts'
import { FileCard } from './file-card.tsx'
import { PictureGrid } from './picture-grid.tsx'

const VoiceMessage = soon(async () => (await import('../voice/voice-message.tsx')).VoiceMessage)
const Player = soon(async () => (await import('./player.tsx')).Player)

/** The files of a message that has arrived: pictures together, then what can be played, then cards. */
export function MessageFiles({ files }: { files: readonly FileShown[] }) {
  const pictures = files.filter(({ shows }) => shows === 'picture')
  return (
    <>
      {pictures.length > 0 ? <PictureGrid files={pictures} /> : null}
      {files.map((file) =>
        file.shows === 'picture' ? null : file.shows === 'file' ? (
          <FileCard key={file.id} file={file} />
        ) : (
          <Suspense key={file.id} fallback={<FileCard file={file} />}>
            {file.voice ? <VoiceMessage file={file} voice={file.voice} /> : <Player file={file} />}
          </Suspense>
        ),
      )}
    </>
  )
}
