import { fileSize } from '@foyer/client/file-size.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { Download } from 'lucide-react'
import { useRef, useState } from 'react'
import { useSync } from '../../../sync.ts'
import { useLocale, useText } from '../../../text.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { useFileLink } from '../../../use-files.ts'
import { FileCard } from './file-card.tsx'
import { useFileActions } from './use-file-actions.ts'

/** Plays a video or a sound where it stands; the browser asks the server for the pieces it needs. */
export function Player({ file }: { file: FileShown }) {
  const t = useText()
  const locale = useLocale()
  const { links } = useSync().files
  const { save } = useFileActions(file)
  const link = useFileLink(file.id, 'shown')
  const [isUnplayable, setUnplayable] = useState(false)
  /** Where it was when its address ran out; there it goes on with the next one. */
  const left = useRef<{ at: number; playing: boolean } | null>(null)
  if (link.state === 'gone' || isUnplayable)
    return <FileCard file={file} {...(isUnplayable ? { said: t('files.unplayable') } : {})} />
  const player = {
    src: link.state === 'ready' ? link.url : undefined,
    controls: true,
    preload: 'metadata',
    'aria-label': file.name,
    onError(event: { currentTarget: HTMLMediaElement }) {
      const { error, currentTime, paused } = event.currentTarget
      // What this browser cannot decode can still be saved.
      if (error && error.code !== MediaError.MEDIA_ERR_NETWORK && currentTime === 0)
        return setUnplayable(true)
      left.current = { at: currentTime, playing: !paused }
      links.failed(file.id, 'shown')
    },
    onLoadedMetadata(event: { currentTarget: HTMLMediaElement }) {
      const media = event.currentTarget
      if (!left.current) return
      media.currentTime = left.current.at
      if (left.current.playing) void media.play()
      left.current = null
    },
  } as const
  return (
    <figure
      data-file={file.id}
      className="w-80 max-w-full overflow-clip rounded-xl border border-line bg-raised"
    >
      {file.shows === 'video' ? (
        <video {...player} playsInline className="block aspect-video w-full bg-black" />
      ) : (
        <audio {...player} className="block h-13.5 w-full" />
      )}
      <figcaption className="flex items-center gap-2 py-1 ps-3 pe-1 text-small">
        <bdi className="min-w-0 grow truncate text-soft">{file.name}</bdi>
        <span className="tabular shrink-0 text-faint">{fileSize(locale, file.bytes)}</span>
        <IconButton label={t('files.download', { name: file.name })} onPress={save}>
          <Download size={15} aria-hidden="true" />
        </IconButton>
      </figcaption>
    </figure>
  )
}
