import { fileSize } from '@foyer/client/file-size.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { useScene } from '../scene.ts'
import { Glyph } from './glyphs.tsx'
import { saveFile } from './save.ts'
import { useLink, usePart } from './use-part.ts'

/** Plays a video or a sound where it stands. `other`: what stands there where that cannot be. */
export function Player({ file, other }: { file: FileShown; other: ComponentChildren }) {
  const { t } = useScene()
  const { links } = usePart()
  const link = useLink(file.id, 'shown')
  const [isUnplayable, setUnplayable] = useState(false)
  /** Where it was when its address ran out; there it goes on with the next one. */
  const left = useRef<{ at: number; isPlaying: boolean } | null>(null)
  if (link.state === 'gone' || isUnplayable) return <>{other}</>
  const Media = file.shows === 'video' ? 'video' : 'audio'
  return (
    <figure class={`player ${file.shows}`} data-file={file.id}>
      <Media
        src={link.state === 'ready' ? link.url : undefined}
        controls
        playsInline
        preload="metadata"
        aria-label={file.name}
        onError={({ currentTarget: { error, currentTime, paused } }) => {
          // What this browser cannot decode can still be saved.
          if (error?.code !== MediaError.MEDIA_ERR_NETWORK && currentTime === 0 && left.current)
            return setUnplayable(true)
          left.current = { at: currentTime, isPlaying: !paused }
          links.failed(file.id, 'shown')
        }}
        onLoadedMetadata={({ currentTarget }) => {
          if (!left.current) return
          currentTarget.currentTime = left.current.at
          if (left.current.isPlaying) void currentTarget.play()
          left.current = null
        }}
      />
      <figcaption>
        <bdi>{file.name}</bdi>
        <span class="size">{fileSize(document.documentElement.lang, file.bytes)}</span>
        <button
          type="button"
          class="round"
          aria-label={t('files.download', { name: file.name })}
          onClick={() => void saveFile(links, file).catch(() => undefined)}
        >
          <Glyph name="save" />
        </button>
      </figcaption>
    </figure>
  )
}
