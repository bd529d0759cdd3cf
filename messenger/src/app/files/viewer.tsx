import { followZoom, holdPoint, mostZoom, nextZoom, otherZoom, type Point } from '@foyer/client/zoom.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useScene } from '../scene.ts'
import { Glyph } from './glyphs.tsx'
import { saveFile } from './save.ts'
import { useLink, usePart } from './use-part.ts'

/** Shows pictures large, one at a time: arrows go on, + and -, two fingers or a double tap zoom, Escape closes. */
export function Viewer(props: {
  files: readonly FileShown[]
  shown: string
  show: (id: string) => void
  close: () => void
  by: string
  at: number
}) {
  const { t, moments } = useScene()
  const { links } = usePart()
  const { files, shown, show, close } = props
  const dialog = useRef<HTMLDialogElement>(null)
  /** How much larger than it fits. */
  const [zoom, setZoom] = useState(1)
  const place = files.findIndex(({ id }) => id === shown)
  const file = files[place]

  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => setZoom(1), [shown])
  if (!file) return null

  const go = (by: number) => {
    const next = files[place + by]
    if (next) show(next.id)
  }
  const step = (by: 1 | -1) => setZoom(nextZoom(zoom, by))
  const keys: Record<string, () => void> = {
    '+': () => step(1),
    '=': () => step(1),
    '-': () => step(-1),
    '0': () => setZoom(1),
    PageUp: () => go(-1),
    PageDown: () => go(1),
    // A picture that is larger than its place is moved by the arrows.
    ...(zoom === 1 ? { ArrowLeft: () => go(-1), ArrowRight: () => go(1) } : {}),
  }

  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={t('viewer.label', { name: file.name })}
      onClose={close}
      onKeyDown={(event) => {
        // Escape closes the picture, not the messenger.
        event.stopPropagation()
        const act = keys[event.key]
        if (!act) return
        event.preventDefault()
        act()
      }}
    >
      <div class="bar">
        <div class="whom">
          <p class="of">
            <bdi>{file.name}</bdi>
          </p>
          <p class="when">
            <bdi>{props.by}</bdi> · {moments.day(props.at)}, {moments.time(props.at)}
          </p>
        </div>
        <Tool name="smaller" label={t('viewer.smaller')} off={zoom === 1} run={() => step(-1)} />
        <Tool name="larger" label={t('viewer.larger')} off={zoom === mostZoom} run={() => step(1)} />
        <Tool
          name="save"
          label={t('files.download', { name: file.name })}
          run={() => void saveFile(links, file).catch(() => undefined)}
        />
        <Tool name="close" label={t('close')} run={() => dialog.current?.close()} />
      </div>
      <Large key={file.id} file={file} zoom={zoom} setZoom={setZoom} />
      {place > 0 && <Tool name="before" label={t('viewer.before')} run={() => go(-1)} />}
      {place < files.length - 1 && <Tool name="next" label={t('viewer.next')} run={() => go(1)} />}
    </dialog>
  )
}

type ToolProps = {
  name: 'smaller' | 'larger' | 'save' | 'close' | 'before' | 'next'
  label: string
  off?: boolean
  run: () => void
}

function Tool({ name, label, off = false, run }: ToolProps) {
  return (
    <button type="button" class={`round ${name}`} aria-label={label} disabled={off} onClick={run}>
      <Glyph name={name} />
    </button>
  )
}

type LargeProps = { file: FileShown; zoom: number; setZoom: (zoom: number) => void }

/** The picture itself; larger than its place, it can be moved about. */
function Large({ file, zoom, setZoom }: LargeProps) {
  const { t } = useScene()
  const { links } = usePart()
  const link = useLink(file.id, 'shown')
  const place = useRef<HTMLDivElement>(null)
  const image = useRef<HTMLImageElement>(null)
  /** How wide it is as it fits, in pixels. */
  const fits = useRef(0)
  /** Scrolls back to what was looked at, once the picture has its new size. */
  const restore = useRef<(() => void) | undefined>(undefined)
  const to = (next: number, around?: Point) => {
    const [room, picture] = [place.current, image.current]
    if (room && picture) restore.current = holdPoint(room, picture, around)
    setZoom(next)
  }
  const hands = useRef({ zoom, to })
  hands.current = { zoom, to }
  useEffect(() => {
    if (!place.current) return
    return followZoom(place.current, {
      zoom: () => hands.current.zoom,
      to: (next, around) => hands.current.to(next, around),
    })
  }, [])
  useLayoutEffect(() => {
    restore.current?.()
    restore.current = undefined
    const picture = image.current
    if (!picture || zoom !== 1) return
    const watcher = new ResizeObserver(() => (fits.current = picture.offsetWidth))
    watcher.observe(picture)
    return () => watcher.disconnect()
  }, [zoom, link.state])
  return (
    <div class="stage" ref={place}>
      {link.state === 'gone' && <p class="none">{t('files.gone')}</p>}
      {link.state === 'ready' && (
        <img
          ref={image}
          src={link.url}
          alt={file.name}
          style={zoom === 1 ? {} : { width: `${fits.current * zoom}px`, maxWidth: 'none', maxHeight: 'none' }}
          onDblClick={({ clientX: x, clientY: y }) => to(otherZoom(zoom), { x, y })}
          onError={() => links.failed(file.id, 'shown')}
        />
      )}
    </div>
  )
}
