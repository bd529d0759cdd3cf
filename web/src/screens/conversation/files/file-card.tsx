import { fileSize } from '@foyer/client/file-size.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { Download } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { useLocale, useText } from '../../../text.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { FileIcon } from './file-icon.tsx'
import { useFileActions } from './use-file-actions.ts'

/** What a browser shows by itself, safely, in a tab of its own. */
const opens = /^application\/pdf$/

/** A file that has arrived: what it is, how large, and what can be done with it. `said`: what else there is to know of it. */
export function FileCard({ file, said }: { file: FileShown; said?: string }) {
  const t = useText()
  const locale = useLocale()
  const { isGone, save, open } = useFileActions(file)
  const isOpened = opens.test(file.type) && !file.isRisky
  const size = fileSize(locale, file.bytes)
  return (
    <div
      data-file={file.id}
      className={classes(
        'flex w-72 max-w-full flex-col overflow-clip rounded-xl border bg-raised text-ink',
        file.isRisky ? 'border-amber/50' : 'border-line',
      )}
    >
      <div className="flex items-stretch">
        <Button
          onPress={isOpened ? open : save}
          isDisabled={isGone}
          className="flex min-h-14 min-w-0 grow items-center gap-3 px-3 py-2 text-start transition-colors -outline-offset-2! data-hovered:bg-hover data-disabled:opacity-60"
        >
          <span
            className={classes(
              'flex size-9 shrink-0 items-center justify-center rounded-lg',
              file.isRisky ? 'bg-amber-tint text-amber' : 'bg-accent-tint text-accent',
            )}
          >
            <FileIcon file={file} />
          </span>
          <span className="min-w-0">
            <bdi className="line-clamp-2 text-dense font-medium wrap-anywhere">{file.name}</bdi>
            <span className="tabular block text-small text-faint">{isGone ? t('files.gone') : size}</span>
            <span className="sr-only">{t(isOpened ? 'files.toOpen' : 'files.toSave')}</span>
          </span>
        </Button>
        {isOpened && !isGone ? (
          <IconButton
            label={t('files.download', { name: file.name })}
            onPress={save}
            className="me-2 self-center"
          >
            <Download size={16} aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      {said ? <p className="px-3 pb-2 text-small text-pretty text-soft">{said}</p> : null}
      {file.isRisky ? (
        <p className="bg-amber-tint px-3 py-1.5 text-small text-pretty text-amber">{t('files.risky')}</p>
      ) : null}
    </div>
  )
}
