import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'

type SaveBarProps = {
  /** Something is not saved yet. */
  shown: boolean
  busy: boolean
  disabled?: boolean
  discard: () => void
}

/** At the foot of the sheet while something in a form is unsaved: save it, or take it back. */
export function SaveBar({ shown, busy, disabled = false, discard }: SaveBarProps) {
  const t = useText()
  return (
    <div className="sticky bottom-4 z-10 empty:hidden">
      {shown ? (
        <div className="arrive flex flex-wrap items-center gap-2 rounded-xl bg-raised py-2 ps-4 pe-2 shadow-float forced-colors:border">
          <p role="status" className="flex min-w-32 grow items-center gap-2 text-dense font-medium">
            <span className="size-2 shrink-0 rounded-full bg-amber" aria-hidden="true" />
            {busy ? t('settings.saving') : t('settings.unsaved')}
          </p>
          <Button look="quiet" onPress={discard} isDisabled={busy}>
            {t('settings.discard')}
          </Button>
          <Button type="submit" look="primary" isBusy={busy} isDisabled={disabled}>
            {t('settings.save')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
