import type { MacroImport } from '@foyer/contract/macros.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type MacroImportDialogProps = {
  /** The file's. */
  name: string
  /** What would come of it. */
  wouldBe: MacroImport
  isBusy: boolean
  close: () => void
  run: () => void
}

/** Shows what an import would do, row by row where something is wrong, before it is done. */
export function MacroImportDialog({ name, wouldBe, isBusy, close, run }: MacroImportDialogProps) {
  const t = useText()
  const { created, changed, same, wrong, problems } = wouldBe
  const facts = [
    { label: t('macros.importCreated'), count: created },
    { label: t('macros.importChanged'), count: changed },
    { label: t('macros.importSame'), count: same },
    { label: t('macros.importWrong'), count: wrong },
  ]
  const hidden = wrong - problems.length
  return (
    <Dialog title={t('macros.importFile', { name })} open onClose={close} closeLabel={t('dialog.close')}>
      <div className="flex flex-col gap-4 text-dense">
        <dl className="grid grid-cols-2 gap-x-6 gap-y-1">
          {facts.map(({ label, count }) => (
            <div key={label} className="flex justify-between gap-2">
              <dt className="text-soft">{label}</dt>
              <dd className="tabular font-medium">{count}</dd>
            </div>
          ))}
        </dl>
        {problems.length > 0 ? (
          <section aria-label={t('macros.importProblems')} className="flex flex-col gap-1">
            <h3 className="font-medium">{t('macros.importProblems')}</h3>
            <ul className="max-h-60 overflow-y-auto rounded-md border border-line px-3 py-2 text-soft">
              {problems.map(({ row, problem, field }) => (
                <li key={row}>
                  {t('macros.row', { row, problem: t(`macros.problem.${problem}`, { field: field ?? '' }) })}
                </li>
              ))}
              {hidden > 0 ? <li>{t('macros.importMore', { count: hidden })}</li> : null}
            </ul>
          </section>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onPress={close}>{t('dialog.cancel')}</Button>
          <Button look="primary" isBusy={isBusy} isDisabled={created + changed === 0} onPress={run}>
            {t('macros.importNow', { count: created + changed })}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
