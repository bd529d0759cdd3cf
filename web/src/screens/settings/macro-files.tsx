import {
  exportMacros,
  importMacros,
  type MacroFormat,
  type MacroImport,
  macroFileBytes,
} from '@foyer/contract/macros.ts'
import { useQueryClient } from '@tanstack/react-query'
import { Download, Upload } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { api, codeOf } from '../../api.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notices.tsx'
import { MacroImportDialog } from './macro-import-dialog.tsx'
import { PagePart } from './page-part.tsx'

/** A file that was chosen, and what would come of it. */
type Chosen = { name: string; format: MacroFormat; file: Blob; wouldBe: MacroImport }

/** Macros as files: out, and in after one has seen what would come of it. */
export function MacroFiles({ isEmpty }: { isEmpty: boolean }) {
  const t = useText()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [busy, setBusy] = useState(false)

  async function trying<Done>(work: () => Promise<Done>): Promise<Done | null> {
    if (busy) return null
    setBusy(true)
    try {
      return await work()
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
      return null
    } finally {
      setBusy(false)
    }
  }
  const take = (file: Blob, format: MacroFormat, dry: boolean) =>
    api.request<MacroImport>(importMacros.method, importMacros.path, { query: { format, dry }, body: file })

  async function choose(given: File) {
    if (given.size > macroFileBytes) return notify({ tone: 'error', text: errorText('request.too_large') })
    const format: MacroFormat = /\.json$/i.test(given.name) ? 'json' : 'csv'
    // Browsers name the type of a table as the system does.
    const file = new Blob([await given.arrayBuffer()], { type: 'text/csv' })
    const wouldBe = await trying(() => take(file, format, true))
    if (wouldBe) setChosen({ name: given.name, format, file, wouldBe })
  }
  async function bring({ file, format }: Chosen) {
    const done = await trying(() => take(file, format, false))
    if (!done) return
    setChosen(null)
    notify({ tone: 'plain', text: t('macros.importDone', { count: done.created + done.changed }) })
    await queries.invalidateQueries({ queryKey: ['macros'] })
  }
  async function save(format: MacroFormat) {
    const file = await trying(() => api.call(exportMacros, { query: { format } }))
    if (!file) return
    // Programs for tables take a file for UTF-8 by this sign alone.
    const parts = format === 'csv' ? ['\ufeff', file.text] : [file.text]
    const url = URL.createObjectURL(
      new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/json' }),
    )
    const link = document.createElement('a')
    link.href = url
    link.download = `macros.${format}`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <PagePart title={t('macros.files')} text={t('macros.filesText')}>
      <div className="flex flex-wrap gap-2 px-1">
        <FileTrigger
          acceptedFileTypes={['.csv', '.json', '.txt']}
          onSelect={(files) => {
            const [file] = files ?? []
            if (file) void choose(file)
          }}
        >
          <Button isBusy={busy}>
            <Upload size={14} aria-hidden="true" />
            {t('macros.import')}
          </Button>
        </FileTrigger>
        {isEmpty ? null : (
          <>
            <Button isBusy={busy} onPress={() => void save('csv')}>
              <Download size={14} aria-hidden="true" />
              {t('macros.exportCsv')}
            </Button>
            <Button isBusy={busy} onPress={() => void save('json')}>
              <Download size={14} aria-hidden="true" />
              {t('macros.exportJson')}
            </Button>
          </>
        )}
      </div>
      {chosen ? (
        <MacroImportDialog
          name={chosen.name}
          wouldBe={chosen.wouldBe}
          isBusy={busy}
          close={() => setChosen(null)}
          run={() => void bring(chosen)}
        />
      ) : null}
    </PagePart>
  )
}
