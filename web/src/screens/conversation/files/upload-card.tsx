import { fileSize } from '@foyer/client/file-size.ts'
import type { Upload } from '@foyer/client/uploads.ts'
import { clockOf } from '@foyer/contract/voice.ts'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { Button } from 'react-aria-components/Button'
import { useSync } from '../../../sync.ts'
import { useErrorText, useLocale, useText } from '../../../text.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { notify } from '../../../ui/notices.tsx'
import { usePreview } from '../../../use-files.ts'
import { FileIcon } from './file-icon.tsx'

type UploadCardProps = {
  upload: Upload
  /** How it is taken away, where that is more than not wanting it any more. */
  remove?: () => void
  /** What is done besides when it is tried again. */
  again?: () => void
  removed?: () => void
}

/** A file on its way: what it is, how far it has come, and what can be done when it does not come by itself. */
export function UploadCard({ upload, remove, again, removed }: UploadCardProps) {
  const t = useText()
  const { uploads } = useSync().files
  const preview = usePreview(upload.id)
  const name = upload.voice ? t('voice.message', { clock: clockOf(upload.voice.ms) }) : upload.name
  const isBad = upload.state === 'refused' || upload.state === 'missing'
  return (
    <div
      data-file={upload.id}
      data-state={upload.state}
      className={classes(
        'relative flex min-h-14 items-center gap-3 overflow-clip rounded-xl border bg-raised py-2 ps-2 pe-1 text-ink',
        isBad ? 'border-red/50' : 'border-line',
      )}
    >
      <span className="flex size-10 shrink-0 items-center justify-center overflow-clip rounded-lg bg-accent-tint text-accent">
        {preview ? (
          <img src={preview} alt="" className="size-full object-cover" />
        ) : (
          <FileIcon file={upload.file ?? upload} />
        )}
      </span>
      <span className="min-w-0 grow">
        <bdi className="block truncate text-dense font-medium">{name}</bdi>
        <Standing upload={upload} again={again} />
      </span>
      <IconButton
        label={t('files.remove', { name })}
        onPress={() => {
          if (remove) remove()
          else uploads.now()?.drop([upload.id])
          removed?.()
        }}
        className="self-start"
      >
        <X size={15} aria-hidden="true" />
      </IconButton>
      <Bar upload={upload} />
    </div>
  )
}

/** How far it has come, in words. */
function Standing({ upload, again }: { upload: Upload; again: (() => void) | undefined }) {
  const t = useText()
  const locale = useLocale()
  const errorText = useErrorText()
  const { uploads } = useSync().files
  const { id, name, state, bytes, fraction, error = 'network' } = upload
  const size = fileSize(locale, bytes)
  function choose(file: File) {
    if (!uploads.now()?.choose(id, file)) return notify({ tone: 'error', text: t('files.other', { name }) })
    again?.()
  }
  if (state === 'missing')
    return (
      <span role="alert" className="block text-small text-red">
        {t('files.missing')} <Again name={name} choose={choose} />
      </span>
    )
  if (state === 'refused')
    return (
      <span role="alert" className="block text-small text-pretty text-red">
        {errorText(error)}{' '}
        {error === 'file.too_large' || error === 'file.infected' || error === 'file.kind_refused' ? null : (
          <Button
            onPress={() => {
              uploads.now()?.retry([id])
              again?.()
            }}
            className="rounded-sm font-medium text-accent underline-offset-2 data-hovered:underline"
          >
            {t('tick.retry')}
          </Button>
        )}
      </span>
    )
  const part = new Intl.NumberFormat(locale, { style: 'percent' }).format(fraction)
  return (
    <span className="tabular block truncate text-small text-faint">
      {state === 'done'
        ? size
        : state === 'checking'
          ? t('files.checking', { size })
          : state === 'sending'
            ? t('files.sending', { size, part })
            : upload.error === undefined
              ? t('files.waiting', { size })
              : upload.error === 'network'
                ? t('files.noLine', { size })
                : errorText(upload.error)}
    </span>
  )
}

/** How far it has come, at a glance. */
function Bar({ upload }: { upload: Upload }) {
  const { state, fraction, name } = upload
  if (state !== 'sending' && state !== 'waiting' && state !== 'checking') return null
  return (
    <span
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(fraction * 100)}
      className="absolute inset-x-0 bottom-0 h-0.75 bg-line"
    >
      <span
        className={classes(
          'block h-full bg-accent transition-[width]',
          state === 'checking' && 'animate-pulse',
        )}
        style={{ width: `${fraction * 100}%` }}
      />
    </span>
  )
}

/** Asks for the very file again that the browser no longer has. */
function Again({ name, choose }: { name: string; choose: (file: File) => void }) {
  const t = useText()
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        aria-label={t('files.chooseAgain', { name })}
        onPress={() => chooser.current?.click()}
        className="rounded-sm font-medium text-accent underline-offset-2 data-hovered:underline"
      >
        {t('files.choose')}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) choose(file)
          currentTarget.value = ''
        }}
      />
    </>
  )
}
