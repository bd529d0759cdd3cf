import type { FileShown } from '@foyer/contract/entries/file.ts'
import { ImageOff } from 'lucide-react'
import { useContext } from 'react'
import { Button } from 'react-aria-components/Button'
import { useSync } from '../../../sync.ts'
import { useText } from '../../../text.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFileLink, usePreview } from '../../../use-files.ts'
import { ViewerContext } from './viewer-place.tsx'

/** The longest side of a single picture, in pixels. */
const longest = 320

/** Pictures of a message. Their places are as large as they will be before anything of them is there, so that nothing jumps. */
export function PictureGrid({ files }: { files: readonly FileShown[] }) {
  const [only] = files
  if (files.length === 1 && only)
    return (
      <div className="max-w-full" style={{ width: widthOf(only) }}>
        <Picture file={only} ratio={ratioOf(only)} />
      </div>
    )
  return (
    <div
      className={classes(
        'grid w-80 max-w-full gap-1',
        files.length === 2 || files.length === 4 ? 'grid-cols-2' : 'grid-cols-3',
      )}
    >
      {files.map((file) => (
        <Picture key={file.id} file={file} ratio={1} />
      ))}
    </div>
  )
}

function Picture({ file, ratio }: { file: FileShown; ratio: number }) {
  const t = useText()
  const { links } = useSync().files
  const { show } = useContext(ViewerContext)
  const own = usePreview(file.id)
  return (
    <Button
      data-file={file.id}
      aria-label={t('files.view', { name: file.name })}
      onPress={() => show(file.id)}
      style={{ aspectRatio: ratio }}
      className="relative block w-full cursor-zoom-in overflow-clip rounded-xl border border-line bg-sunk text-faint transition-opacity data-hovered:opacity-90"
    >
      {own ? (
        <img src={own} alt="" className="size-full object-cover" />
      ) : (
        <Thumbnail file={file} failed={(variant) => links.failed(file.id, variant)} />
      )}
    </Button>
  )
}

type ThumbnailProps = { file: FileShown; failed: (variant: 'thumbnail') => void }

function Thumbnail({ file, failed }: ThumbnailProps) {
  const t = useText()
  const link = useFileLink(file.id, 'thumbnail')
  if (link.state === 'asking') return null
  if (link.state === 'gone')
    return (
      <span className="flex size-full flex-col items-center justify-center gap-1 p-2 text-small">
        <ImageOff size={20} aria-hidden="true" />
        <span className="line-clamp-3 wrap-anywhere">{t('files.gone')}</span>
      </span>
    )
  return (
    <img
      src={link.url}
      alt=""
      onError={() => failed('thumbnail')}
      className="arrive size-full object-cover"
    />
  )
}

/** A picture alone keeps its shape, within what a place can look like. */
function ratioOf({ width = 4, height = 3 }: FileShown): number {
  return Math.min(3, Math.max(1 / 2, width / Math.max(1, height)))
}

function widthOf(file: FileShown): number {
  const { width = longest, height = longest } = file
  const ratio = ratioOf(file)
  const most = ratio >= 1 ? longest : longest * ratio
  return Math.max(96, Math.min(most, Math.max(width, height * ratio)))
}
