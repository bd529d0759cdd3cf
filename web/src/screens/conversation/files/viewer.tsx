import { followZoom, holdPoint, mostZoom, nextZoom, otherZoom, type Point } from '@foyer/client/zoom.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { ChevronLeft, ChevronRight, Download, ImageOff, X, ZoomIn, ZoomOut } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { useSync } from '../../../sync.ts'
import { useLocale, useText } from '../../../text.tsx'
import { fullTime } from '../../../time.ts'
import { IconButton } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFileLink } from '../../../use-files.ts'
import { useFileActions } from './use-file-actions.ts'

/** A picture, who sent it and when. */
export type Shown = { file: FileShown; by: string; at: number }

type ViewerProps = {
  pictures: readonly Shown[]
  /** The id of the picture that is shown. */
  shown: string
  show: (id: string) => void
  close: () => void
}

/** Shows pictures large, one at a time: arrows go on, + and -, two fingers or a double tap zoom, 0 fits again, Escape closes. */
export function Viewer({ pictures, shown, show, close }: ViewerProps) {
  const t = useText()
  const locale = useLocale()
  const at = pictures.findIndex(({ file }) => file.id === shown)
  const picture = pictures[at]
  /** How much larger than it fits. */
  const [zoom, setZoom] = useState(1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each picture begins as it fits
  useEffect(() => setZoom(1), [shown])
  useEffect(() => {
    if (!picture) close()
  }, [picture, close])
  const go = (to: number) => {
    const next = pictures[at + to]
    if (next) show(next.file.id)
  }
  const step = (by: 1 | -1) => setZoom(nextZoom(zoom, by))
  useEffect(() => {
    const back = document.dir === 'rtl' ? 1 : -1
    const keys: Record<string, () => void> = {
      // A picture that is larger than its place is moved by the arrows.
      ...(zoom === 1 ? { ArrowLeft: () => go(back), ArrowRight: () => go(-back) } : {}),
      PageUp: () => go(-1),
      PageDown: () => go(1),
      '+': () => step(1),
      '=': () => step(1),
      '-': () => step(-1),
      0: () => setZoom(1),
    }
    const press = (event: KeyboardEvent) => {
      const act = keys[event.key]
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  if (!picture) return null
  const { file, by } = picture

  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => open || close()}
      isDismissable
      className="overlay fixed inset-0 z-40 scheme-dark bg-canvas"
    >
      <Modal className="size-full outline-none">
        <Dialog aria-label={t('viewer.label', { name: file.name })} className="size-full outline-none">
          <div className="flex size-full flex-col text-ink">
            <header className="flex items-center gap-1 px-3 py-2">
              <div className="me-auto min-w-0 ps-1">
                <p className="truncate text-base font-medium">
                  <bdi>{file.name}</bdi>
                </p>
                <p className="truncate text-small text-soft">
                  <bdi>{by}</bdi> · {fullTime(locale, picture.at)}
                </p>
              </div>
              <span className="tabular hidden px-2 text-small text-soft wide:inline">
                {t('viewer.place', { at: at + 1, of: pictures.length })}
              </span>
              <Tool label={t('viewer.smaller')} keys="-" isDisabled={zoom === 1} onPress={() => step(-1)}>
                <ZoomOut size={18} aria-hidden="true" />
              </Tool>
              <Tool
                label={t('viewer.larger')}
                keys="+"
                isDisabled={zoom === mostZoom}
                onPress={() => step(1)}
              >
                <ZoomIn size={18} aria-hidden="true" />
              </Tool>
              <Save file={file} />
              <Tool label={t('dialog.close')} onPress={close}>
                <X size={18} aria-hidden="true" />
              </Tool>
            </header>
            <div className="relative min-h-0 grow">
              <Large key={file.id} file={file} zoom={zoom} setZoom={setZoom} />
              <Tool
                label={t('viewer.before')}
                isDisabled={at === 0}
                onPress={() => go(-1)}
                className={classes(side, 'start-2')}
              >
                <ChevronLeft size={24} className="rtl:-scale-x-100" aria-hidden="true" />
              </Tool>
              <Tool
                label={t('viewer.next')}
                isDisabled={at === pictures.length - 1}
                onPress={() => go(1)}
                className={classes(side, 'end-2')}
              >
                <ChevronRight size={24} className="rtl:-scale-x-100" aria-hidden="true" />
              </Tool>
            </div>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const side = 'absolute! top-1/2 size-11! -translate-y-1/2 rounded-full! bg-raised/80! data-disabled:hidden'

type ToolProps = Parameters<typeof IconButton>[0]

function Tool({ className, ...rest }: ToolProps) {
  return <IconButton {...rest} className={classes('size-10! text-ink!', className)} />
}

function Save({ file }: { file: FileShown }) {
  const t = useText()
  const { save } = useFileActions(file)
  return (
    <Tool label={t('files.download', { name: file.name })} onPress={save}>
      <Download size={18} aria-hidden="true" />
    </Tool>
  )
}

type LargeProps = { file: FileShown; zoom: number; setZoom: (zoom: number) => void }

/** The picture itself: as large as it fits, or larger, and then it can be moved about. */
function Large({ file, zoom, setZoom }: LargeProps) {
  const t = useText()
  const { links } = useSync().files
  const link = useFileLink(file.id, 'shown')
  const place = useRef<HTMLDivElement>(null)
  const image = useRef<HTMLImageElement>(null)
  /** Scrolls back to what was looked at, once the picture has its new size. */
  const restore = useRef<() => void>(undefined)
  const [room, setRoom] = useState<{ width: number; height: number } | null>(null)
  const [natural, setNatural] = useState({ width: file.width ?? 0, height: file.height ?? 0 })

  useEffect(() => {
    const element = place.current
    if (!element) return
    const watcher = new ResizeObserver(() =>
      setRoom({ width: element.clientWidth, height: element.clientHeight }),
    )
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  const to = (next: number, around?: Point) => {
    if (place.current && image.current) restore.current = holdPoint(place.current, image.current, around)
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of size
  useLayoutEffect(() => {
    const element = place.current
    if (restore.current) restore.current()
    else if (element) {
      // By key or button: what is in the middle.
      element.scrollLeft = (element.scrollWidth - element.clientWidth) / 2
      element.scrollTop = (element.scrollHeight - element.clientHeight) / 2
    }
    restore.current = undefined
  }, [zoom, room])

  const fits =
    room && natural.width > 0
      ? Math.min(1, room.width / natural.width, room.height / Math.max(1, natural.height))
      : 1
  const size =
    natural.width > 0 ? { width: natural.width * fits * zoom, height: natural.height * fits * zoom } : {}
  return (
    <div ref={place} className="flex size-full touch-pan-x touch-pan-y overflow-auto overscroll-contain">
      {link.state === 'gone' ? (
        <p className="m-auto flex flex-col items-center gap-2 p-6 text-base text-soft">
          <ImageOff size={28} aria-hidden="true" />
          {t('files.gone')}
        </p>
      ) : link.state === 'ready' ? (
        <img
          ref={image}
          src={link.url}
          alt={file.name}
          style={size}
          onDoubleClick={({ clientX: x, clientY: y }) => to(otherZoom(zoom), { x, y })}
          onError={() => links.failed(file.id, 'shown')}
          onLoad={({ currentTarget }) =>
            setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
          }
          className={classes(
            'arrive m-auto max-w-none shrink-0',
            zoom > 1 ? 'cursor-zoom-out' : 'cursor-zoom-in',
          )}
        />
      ) : null}
    </div>
  )
}
