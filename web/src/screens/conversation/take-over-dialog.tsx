import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

/** Asks by name before a conversation is taken from a colleague. */
export function TakeOverDialog({
  from,
  open,
  take,
  close,
}: {
  from: string
  open: boolean
  take: () => void
  close: () => void
}) {
  const t = useText()
  return (
    <Dialog
      title={t('takeOver.title', { name: from })}
      open={open}
      onClose={close}
      closeLabel={t('dialog.close')}
    >
      <div className="flex flex-col gap-4">
        <p className="text-dense text-pretty text-soft">{t('takeOver.text', { name: from })}</p>
        <div className="flex justify-end gap-2">
          <Button onPress={close}>{t('dialog.cancel')}</Button>
          <Button
            look="primary"
            autoFocus
            onPress={() => {
              close()
              // After the dialog has given the focus back, so that the field can take it.
              setTimeout(take)
            }}
          >
            {t('conversation.takeOver')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
