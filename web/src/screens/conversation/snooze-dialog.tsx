import { serverNow } from '@foyer/client/clock.ts'
import { type FormEvent, useState } from 'react'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { fromField, snoozePresets, toField } from './snooze-times.ts'

/** Asks for the date and the time until which a conversation is put off. */
export function SnoozeDialog({ snooze, close }: { snooze: (at: number) => void; close: () => void }) {
  const t = useText()
  const [text, setText] = useState(() =>
    toField(snoozePresets(serverNow()).find(({ name }) => name === 'tomorrow')?.at ?? serverNow()),
  )
  const [isAsked, setIsAsked] = useState(false)
  const at = fromField(text)
  const isRight = at !== null && at > serverNow()

  function submit(event: FormEvent) {
    event.preventDefault()
    setIsAsked(true)
    if (!isRight) return
    snooze(at)
    close()
  }
  return (
    <Dialog title={t('snooze.title')} open onClose={close} closeLabel={t('dialog.close')}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <p className="text-dense text-pretty text-soft">{t('snooze.text')}</p>
        <Field
          label={t('snooze.moment')}
          name="until"
          type="datetime-local"
          value={text}
          onChange={setText}
          autoFocus
          error={isAsked && !isRight ? t('snooze.past') : undefined}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onPress={close}>{t('dialog.cancel')}</Button>
          <Button type="submit" look="primary">
            {t('snooze.button')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
