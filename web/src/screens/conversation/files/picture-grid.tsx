import type { FileShown } from '@foyer/contract/entries/file.ts'
import { ImageOff } from 'lucide-react'
import { type ReactNode, useContext } from 'react'
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

type PictureProps = { file: FileShown; ratio: number }

function Picture({ file, ratio }: PictureProps) {
  const own = usePreview(file.id)
  return own ? (
    <Place file={file} ratio={ratio}>
      <img src={own} alt="" className="size-full object-cover" />
    </Place>
  ) : (
    <Thumbnail file={file} ratio={ratio} />
  )
}

function Thumbnail({ file, ratio }: PictureProps) {
  const t = useText()
  const { links } = useSync().files
  const link = useFileLink(file.id, 'thumbnail')
  if (link.state === 'gone')
    return (
      <p
        data-file={file.id}
        style={{ aspectRatio: ratio }}
        className="flex min-h-0 w-full flex-col items-center justify-center gap-1 overflow-clip rounded-xl border border-line bg-sunk p-2 text-center text-small text-faint"
      >
        <ImageOff size={20} className="shrink-0" aria-hidden="true" />
        <bdi className="line-clamp-2 wrap-anywhere">{file.name}</bdi>
        <span>{t('files.gone')}</span>
      </p>
    )
  return (
    <Place file={file} ratio={ratio}>
      {link.state === 'ready' ? (
        <img
          src={link.url}
          alt=""
          onError={() => links.failed(file.id, 'thumbnail')}
          className="arrive size-full object-cover"
        />
      ) : null}
    </Place>
  )
}

/** Where a picture is, or will be; a press shows it large. */
function Place({ file, ratio, children }: PictureProps & { children: ReactNode }) {
  const t = useText()
  const { show } = useContext(ViewerContext)
  return (
    <Button
      data-file={file.id}
      aria-label={t('files.view', { name: file.name })}
      onPress={() => show(file.id)}
      style={{ aspectRatio: ratio }}
      className="relative block w-full cursor-zoom-in overflow-clip rounded-xl border border-line bg-sunk transition-opacity data-hovered:opacity-90"
    >
      {children}
    </Button>
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
