import type { FileShown } from '@foyer/contract/entries/file.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useScene } from '../scene.ts'
import { Glyph } from './glyphs.tsx'
import { saveFile } from './save.ts'
import { useLink, usePart } from './use-part.ts'

/** How much larger than what fits, by steps. */
const zooms = [1, 1.5, 2, 3, 4] as const

/** Shows pictures large, one at a time: arrows go on, + and - zoom, Escape closes. */
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
  const [step, setStep] = useState(0)
  const place = files.findIndex(({ id }) => id === shown)
  const file = files[place]

  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => setStep(0), [shown])
  if (!file) return null

  const go = (by: number) => {
    const next = files[place + by]
    if (next) show(next.id)
  }
  const zoom = (by: number) => setStep(Math.max(0, Math.min(zooms.length - 1, step + by)))
  const keys: Record<string, () => void> = {
    '+': () => zoom(1),
    '=': () => zoom(1),
    '-': () => zoom(-1),
    '0': () => setStep(0),
    PageUp: () => go(-1),
    PageDown: () => go(1),
    // A picture that is larger than its place is moved by the arrows.
    ...(step === 0 ? { ArrowLeft: () => go(-1), ArrowRight: () => go(1) } : {}),
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
        <Tool name="smaller" label={t('viewer.smaller')} off={step === 0} run={() => zoom(-1)} />
        <Tool name="larger" label={t('viewer.larger')} off={step === zooms.length - 1} run={() => zoom(1)} />
        <Tool
          name="save"
          label={t('files.download', { name: file.name })}
          run={() => void saveFile(links, file).catch(() => undefined)}
        />
        <Tool name="close" label={t('close')} run={() => dialog.current?.close()} />
      </div>
      <div class="stage">
        <Large key={file.id} file={file} zoom={zooms[step] ?? 1} toggle={() => setStep(step > 0 ? 0 : 2)} />
      </div>
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

function Large({ file, zoom, toggle }: { file: FileShown; zoom: number; toggle: () => void }) {
  const { t } = useScene()
  const { links } = usePart()
  const link = useLink(file.id, 'shown')
  if (link.state === 'asking') return null
  if (link.state === 'gone') return <p class="none">{t('files.gone')}</p>
  const size = zoom === 1 ? {} : { width: `${zoom * 100}%`, maxWidth: 'none', maxHeight: 'none' }
  return (
    <img
      src={link.url}
      alt={file.name}
      style={size}
      onDblClick={toggle}
      onError={() => links.failed(file.id, 'shown')}
    />
  )
}
