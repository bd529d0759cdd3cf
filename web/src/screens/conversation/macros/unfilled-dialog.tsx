import type { PlaceholderField } from '@foyer/contract/placeholders.ts'
import { useText } from '../../../text.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { usePlaceholderNames } from './unfilled.tsx'

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
