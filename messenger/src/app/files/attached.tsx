import { fileSize } from '@foyer/client/file-size.ts'
import type { Upload } from '@foyer/client/uploads.ts'
import { clockOf } from '@foyer/contract/voice.ts'
import { useRef } from 'preact/hooks'
import { useScene } from '../scene.ts'
import { FileIcon, Glyph } from './glyphs.tsx'
import { usePart } from './use-part.ts'

/** Files on their way, one below the other. `remove`, `again`: what is done besides, where they belong to a message. */
export function Attached(props: {
  items: readonly Upload[]
  remove?: (id: string) => void
  again?: () => void
}) {
  const { t } = useScene()
  if (props.items.length === 0) return null
  return (
    <ul class="attached" aria-label={t('files.attached')}>
      {props.items.map((upload) => (
        <li key={upload.id} class={`upload ${upload.state}`} data-file={upload.id} data-state={upload.state}>
          <Coming {...props} upload={upload} />
        </li>
      ))}
    </ul>
  )
}

type ComingProps = { upload: Upload; remove?: (id: string) => void; again?: () => void }

function Coming({ upload, remove, again }: ComingProps) {
  const { t } = useScene()
  const { uploads } = usePart()
  const { id, state, fraction, voice } = upload
  const name = voice ? t('voice.message', { clock: clockOf(voice.ms) }) : upload.name
  const preview = uploads.preview(id)
  return (
    <>
      <span class="glyph">
        {preview ? <img src={preview} alt="" /> : <FileIcon file={upload.file ?? upload} />}
      </span>
      <span class="named">
        <bdi>{name}</bdi>
        <Standing upload={upload} again={again} />
      </span>
      <button
        type="button"
        class="round"
        aria-label={t('files.remove', { name })}
        onClick={({ currentTarget }) => {
          // The button goes with its file: the focus goes to where one writes.
          currentTarget.closest('form')?.querySelector('textarea')?.focus()
          if (remove) remove(id)
          else uploads.drop([id])
        }}
      >
        <Glyph name="close" />
      </button>
      {(state === 'waiting' || state === 'sending' || state === 'checking') && (
        <span
          class="progress"
          role="progressbar"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(fraction * 100)}
        >
          <i style={{ width: `${fraction * 100}%` }} />
        </span>
      )}
    </>
  )
}

/** What is of no use to try again. */
const final = new Set<string>(['file.too_large', 'file.infected', 'file.kind_refused'])

/** How far it has come, in words. */
function Standing({ upload, again }: { upload: Upload; again: (() => void) | undefined }) {
  const { t } = useScene()
  const { uploads, errorText } = usePart()
  const { id, name, state, error = 'network' } = upload
  const locale = document.documentElement.lang
  const size = fileSize(locale, upload.bytes)
  if (state === 'missing')
    return (
      <span class="trouble" role="alert">
        {t('files.missing')} <Choose upload={upload} again={again} />
      </span>
    )
  if (state === 'refused')
    return (
      <span class="trouble" role="alert">
        {errorText(error)}{' '}
        {!final.has(error) && (
          <button
            type="button"
            class="plain"
            aria-label={`${t('tryAgain')}: ${name}`}
            onClick={() => {
              uploads.retry([id])
              again?.()
            }}
          >
            {t('tryAgain')}
          </button>
        )}
      </span>
    )
  const part = new Intl.NumberFormat(locale, { style: 'percent' }).format(upload.fraction)
  return (
    <span class="size">
      {state === 'done'
        ? size
        : state === 'checking'
          ? t('files.checking', { size })
          : state === 'sending'
            ? t('files.sending', { size, part })
            : upload.error === undefined || upload.error === 'network'
              ? t(upload.error ? 'files.noLine' : 'files.waiting', { size })
              : errorText(upload.error)}
    </span>
  )
}

/** Asks for the very file again that the browser no longer has. */
function Choose({ upload, again }: { upload: Upload; again: (() => void) | undefined }) {
  const { t } = useScene()
  const { uploads } = usePart()
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        class="plain"
        aria-label={t('files.chooseAgain', { name: upload.name })}
        onClick={() => chooser.current?.click()}
      >
        {t('files.choose')}
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file && uploads.choose(upload.id, file)) again?.()
          currentTarget.value = ''
        }}
      />
    </>
  )
}
