import { fileSize } from '@foyer/client/file-size.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { useState } from 'preact/hooks'
import type { MessageLine } from '../lines.ts'
import { createLoaded } from '../loaded.ts'
import { useScene } from '../scene.ts'
import { Attached } from './attached.tsx'
import { FileIcon, Glyph } from './glyphs.tsx'
import { Pictures } from './pictures.tsx'
import { Player } from './player.tsx'
import { openFile, saveFile } from './save.ts'
import { usePart } from './use-part.ts'

const useVoice = createLoaded(async () => {
  const [{ VoiceMessage }, { loadVoiceTexts }] = await Promise.all([
    import('../voice/voice-message.tsx'),
    import('../voice/texts.ts'),
  ])
  await loadVoiceTexts()
  return VoiceMessage
})

/** The files of a message: on their way, or pictures together, then what can be played, then cards. */
export function MessageFiles({ line, by }: { line: MessageLine; by: string }) {
  const { conversations } = useScene()
  const { uploads } = usePart()
  const VoiceMessage = useVoice(line.files.some(({ voice }) => voice !== undefined))
  const coming = line.isPending
    ? line.files.flatMap(({ id }) => uploads.items().find((upload) => upload.id === id) ?? [])
    : []
  if (coming.some(({ state }) => state !== 'done'))
    return (
      <Attached
        items={coming}
        remove={(id) => conversations.leaveOut(line.key, id)}
        again={() => conversations.retry(line.key)}
      />
    )
  const files = line.files.map((file) => coming.find(({ id }) => id === file.id)?.file ?? file)
  const pictures = files.filter(({ shows }) => shows === 'picture')
  return (
    <div class="files">
      {pictures.length > 0 && <Pictures files={pictures} by={by} at={line.at} />}
      {files.map((file) =>
        file.shows === 'picture' ? null : file.shows === 'file' ? (
          <Card key={file.id} file={file} />
        ) : file.voice ? (
          VoiceMessage && <VoiceMessage key={file.id} file={file} voice={file.voice} />
        ) : (
          <Player key={file.id} file={file} other={<Card file={file} />} />
        ),
      )}
    </div>
  )
}

function Card({ file }: { file: FileShown }) {
  const { t } = useScene()
  const { links } = usePart()
  const [isGone, setGone] = useState(false)
  const { name } = file
  const opens = file.type === 'application/pdf' && !file.isRisky
  const save = () =>
    saveFile(links, file).then(
      (isThere) => setGone(!isThere),
      () => undefined,
    )
  const open = () => void openFile(links, file).then((isThere) => setGone(!isThere))
  return (
    <div class={file.isRisky ? 'card risky' : 'card'} data-file={file.id}>
      <div class="top">
        <button type="button" class="main-of-card" disabled={isGone} onClick={opens ? open : save}>
          <span class="glyph">
            <FileIcon file={file} />
          </span>
          <span class="named">
            <bdi>{name}</bdi>
            <span class="size">
              {isGone ? t('files.gone') : fileSize(document.documentElement.lang, file.bytes)}
            </span>
            <span class="unseen">{t(opens ? 'files.toOpen' : 'files.toSave')}</span>
          </span>
        </button>
        {opens && !isGone && (
          <button type="button" class="round" aria-label={t('files.download', { name })} onClick={save}>
            <Glyph name="save" />
          </button>
        )}
      </div>
      {file.isRisky && <p class="warning">{t('files.risky')}</p>}
    </div>
  )
}
