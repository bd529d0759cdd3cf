import { serverNow } from '@foyer/client/clock.ts'
import { newId } from '@foyer/client/ids.ts'
import { blockContact } from '@foyer/contract/contacts.ts'
import { type FormEvent, useRef, useState } from 'react'
import { api, codeOf, withRetries } from '../../api.ts'
import { type TextKey, useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { focusFirstWrong } from '../../ui/checks.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'

const hourMs = 3_600_000
const ends = {
  day: { label: 'block.day', hours: 24 },
  week: { label: 'block.week', hours: 7 * 24 },
  month: { label: 'block.month', hours: 30 * 24 },
  forGood: { label: 'block.forGood', hours: null },
} as const satisfies Record<string, { label: TextKey; hours: number | null }>
type End = keyof typeof ends

type BlockDialogProps = {
  contactId: string
  name: string
  open: boolean
  close: () => void
  done: () => void
}

/** Asks why and for how long before a contact is kept from writing. */
export function BlockDialog({ contactId, name, open, close, done }: BlockDialogProps) {
  const t = useText()
  return (
    <Dialog title={t('block.title', { name })} open={open} onClose={close} closeLabel={t('dialog.close')}>
      <BlockForm contactId={contactId} close={close} done={done} />
    </Dialog>
  )
}

function BlockForm({ contactId, close, done }: Pick<BlockDialogProps, 'contactId' | 'close' | 'done'>) {
  const t = useText()
  const errorText = useErrorText()
  const [id] = useState(newId)
  const [reason, setReason] = useState('')
  const [end, setEnd] = useState<End>('day')
  const [isAsked, setIsAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const isMissing = reason.trim() === ''

  async function block(event: FormEvent) {
    event.preventDefault()
    setIsAsked(true)
    if (busy) return
    // What is wrong is marked with the next drawing.
    if (isMissing) return void requestAnimationFrame(() => form.current && focusFirstWrong(form.current))
    setBusy(true)
    const { hours } = ends[end]
    const until = hours === null ? null : new Date(serverNow() + hours * hourMs).toISOString()
    try {
      await withRetries(() =>
        api.call(blockContact, { params: { contactId }, body: { id, reason: reason.trim(), until } }),
      )
      done()
      close()
    } catch (failure) {
      setTrouble(errorText(codeOf(failure)))
      setBusy(false)
    }
  }

  return (
    <form ref={form} className="flex flex-col gap-4" onSubmit={(event) => void block(event)}>
      <p className="text-dense text-pretty text-soft">{t('block.text')}</p>
      <FormError text={trouble} />
      <Field
        label={t('block.reason')}
        name="reason"
        value={reason}
        onChange={setReason}
        maxLength={300}
        autoFocus
        help={t('block.reasonHelp')}
        error={isAsked && isMissing ? t('block.reasonMissing') : undefined}
      />
      <Choice
        label={t('block.until')}
        value={end}
        options={(Object.keys(ends) as End[]).map((value) => ({ value, label: t(ends[value].label) }))}
        onChange={setEnd}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={close}>{t('dialog.cancel')}</Button>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {t('block.button')}
        </Button>
      </div>
    </form>
  )
}
