import type { PlaceholderField } from '@foyer/contract/placeholders.ts'
import { type TextKey, useText } from '../../../text.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'

/** What a placeholder stands for, in words. */
export function usePlaceholderNames(): (fields: readonly PlaceholderField[]) => string {
  const t = useText()
  return (fields) => fields.map((field) => t(`placeholder.${field}` satisfies TextKey)).join(', ')
}

/** Says which placeholders of a macro nothing is known for. */
export function UnfilledLine({ fields }: { fields: readonly PlaceholderField[] }) {
  const t = useText()
  const nameOf = usePlaceholderNames()
  return (
    <p role="status" className="px-4 pb-1 text-small text-pretty text-amber empty:hidden">
      {fields.length > 0 ? t('macros.unfilled', { fields: nameOf(fields) }) : null}
    </p>
  )
}

type UnfilledDialogProps = {
  fields: readonly PlaceholderField[]
  close: () => void
  /** Sends it without them. */
  send: () => void
}

/** Asks before something is sent in which placeholders still stand. */
export function UnfilledDialog({ fields, close, send }: UnfilledDialogProps) {
  const t = useText()
  const nameOf = usePlaceholderNames()
  return (
    <Dialog title={t('macros.unfilledTitle')} open onClose={close} closeLabel={t('dialog.close')}>
      <p className="text-dense text-pretty text-soft">
        {t('macros.unfilledText', { fields: nameOf(fields) })}
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button look="plain" onPress={send}>
          {t('macros.sendWithout')}
        </Button>
        <Button look="primary" onPress={close} autoFocus>
          {t('macros.fillIn')}
        </Button>
      </div>
    </Dialog>
  )
}
