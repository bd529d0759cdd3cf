import { useText } from './text.tsx'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'

type ConfirmProps = {
  title: string
  /** What it leads to. */
  text: string
  /** The word for doing it. */
  action: string
  open: boolean
  onClose: () => void
  run: () => void
}

/** Asks before what cannot be undone. */
export function Confirm({ title, text, action, open, onClose, run }: ConfirmProps) {
  const t = useText()
  return (
    <Dialog title={title} open={open} onClose={onClose} closeLabel={t('dialog.close')}>
      <p className="text-dense text-soft">{text}</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button look="plain" onPress={onClose}>
          {t('dialog.cancel')}
        </Button>
        <Button
          look="danger"
          onPress={() => {
            onClose()
            run()
          }}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
