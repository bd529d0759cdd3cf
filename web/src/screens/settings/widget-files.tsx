import { type FileKind, fileKinds, type Media } from '@foyer/contract/files.ts'
import { type TextKey, useText } from '../../text.tsx'
import { CheckList } from '../../ui/check-list.tsx'
import { useCheck } from '../../ui/checks.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { Card, PagePart } from './page-part.tsx'
import { ToggleRow } from './toggle-row.tsx'

const names: Record<FileKind, TextKey> = {
  picture: 'widget.filesPicture',
  video: 'widget.filesVideo',
  audio: 'widget.filesAudio',
  document: 'widget.filesDocument',
  archive: 'widget.filesArchive',
  other: 'widget.filesOther',
}

/** Whether what a widget takes makes sense. */
export function areFilesRight({ contacts, kinds }: Media): boolean {
  return !contacts || kinds.length > 0
}

/** Whether contacts may send files, and which; operators may send any. */
export function WidgetFiles({ value, onChange }: { value: Media; onChange: (value: Media) => void }) {
  const t = useText()
  const { error } = useCheck(areFilesRight(value) ? undefined : t('widget.filesNone'))
  return (
    <PagePart title={t('widget.files')} text={t('widget.filesText')}>
      <Card>
        <ToggleRow
          label={t('widget.filesOn')}
          on={value.contacts}
          onChange={(contacts) => onChange({ ...value, contacts })}
        />
        {value.contacts ? (
          <div className="flex flex-col gap-2">
            <CheckList
              label={t('widget.filesKinds')}
              items={fileKinds.map((id) => ({ id, name: t(names[id]) }))}
              value={value.kinds}
              // In the order in which they are listed, whatever was pressed first.
              onChange={(ids) =>
                onChange({ ...value, kinds: fileKinds.filter((kind) => ids.includes(kind)) })
              }
            />
            <FormError text={error ?? null} />
          </div>
        ) : null}
      </Card>
    </PagePart>
  )
}
