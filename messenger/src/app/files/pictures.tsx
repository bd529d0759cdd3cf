import type { FileShown } from '@foyer/contract/entries/file.ts'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useScene } from '../scene.ts'
import { Glyph } from './glyphs.tsx'
import { useLink, usePart } from './use-part.ts'
import { Viewer } from './viewer.tsx'

/** The longest side of a single picture, in pixels. */
const longest = 240

/** Pictures of a message, in places that are as large from the first moment as they will be. */
export function Pictures({ files, by, at }: { files: readonly FileShown[]; by: string; at: number }) {
  const [shown, setShown] = useState<string | null>(null)
  const [only] = files
  const isOne = files.length === 1
  return (
    <>
      <div
        class={
          isOne ? 'pictures one' : files.length === 2 || files.length === 4 ? 'pictures' : 'pictures three'
        }
        style={isOne && only ? { width: `${widthOf(only)}px` } : undefined}
      >
        {files.map((file) => (
          <Picture
            key={file.id}
            file={file}
            ratio={isOne ? ratioOf(file) : 1}
            show={() => setShown(file.id)}
          />
        ))}
      </div>
      {shown && (
        <Viewer files={files} shown={shown} show={setShown} close={() => setShown(null)} by={by} at={at} />
      )}
    </>
  )
}

type PictureProps = { file: FileShown; ratio: number; show: () => void }

function Picture(props: PictureProps) {
  const { uploads } = usePart()
  const own = uploads.preview(props.file.id)
  return own ? (
    <Place {...props}>
      <img src={own} alt="" />
    </Place>
  ) : (
    <Thumbnail {...props} />
  )
}

function Thumbnail(props: PictureProps) {
  const { t } = useScene()
  const { links } = usePart()
  const { file, ratio } = props
  const link = useLink(file.id, 'thumbnail')
  if (link.state === 'gone')
    return (
      <p class="none" data-file={file.id} style={{ aspectRatio: `${ratio}` }}>
        <Glyph name="gone" />
        <bdi>{file.name}</bdi>
        {t('files.gone')}
      </p>
    )
  return (
    <Place {...props}>
      {link.state === 'ready' && (
        <img src={link.url} alt="" onError={() => links.failed(file.id, 'thumbnail')} />
      )}
    </Place>
  )
}

/** Where a picture is, or will be; a press shows it large. */
function Place({ file, ratio, show, children }: PictureProps & { children: ComponentChildren }) {
  const { t } = useScene()
  return (
    <button
      type="button"
      class="picture"
      data-file={file.id}
      style={{ aspectRatio: `${ratio}` }}
      aria-label={t('files.view', { name: file.name })}
      onClick={show}
    >
      {children}
    </button>
  )
}

/** A picture alone keeps its shape, within what a place can look like. */
function ratioOf({ width = 4, height = 3 }: FileShown): number {
  return Math.min(3, Math.max(1 / 2, width / Math.max(1, height)))
}

function widthOf(file: FileShown): number {
  const ratio = ratioOf(file)
  const { width = longest } = file
  return Math.max(88, Math.min(ratio >= 1 ? longest : longest * ratio, width))
}
