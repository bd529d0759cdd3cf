import { ApiFailure } from '@foyer/client/api.ts'
import { mailAddress } from '@foyer/contract/addresses.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { MessageKey } from '../messages.ts'
import { useScene } from '../scene.ts'

/** Offers to tell the contact of an answer by mail; what they have left can be corrected. */
export function Address() {
  const { t, conversations } = useScene()
  const [text, setText] = useState('')
  const [state, setState] = useState<'known' | 'left' | 'changing'>('known')
  const [isBusy, setIsBusy] = useState(false)
  const [trouble, setTrouble] = useState<MessageKey | null>(null)
  const said = useRef<HTMLParagraphElement>(null)
  const box = useRef<HTMLInputElement>(null)
  const email = conversations.email()

  // What was pressed is gone: the focus goes to what came of it.
  useEffect(() => {
    if (state === 'left') said.current?.focus()
    if (state === 'changing') box.current?.focus()
  }, [state])

  async function leave(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const address = mailAddress(text)
    if (isBusy) return
    if (address === null) return setTrouble('address.wrong')
    setIsBusy(true)
    try {
      await conversations.leaveEmail(address)
      setState('left')
      setTrouble(null)
    } catch (failure) {
      const isWrong = failure instanceof ApiFailure && failure.status === 400
      setTrouble(isWrong ? 'address.wrong' : 'address.failed')
    }
    setIsBusy(false)
  }

  function change(): void {
    setText(email ?? '')
    setState('changing')
  }

  if (email === undefined) return null
  const asks = email === null || state === 'changing'
  return (
    <div class="address">
      <div role="status">
        {email && !asks && (
          <p ref={said} tabIndex={-1}>
            {t(state === 'left' ? 'address.left' : 'address.known', { email })}{' '}
            <button type="button" class="plain" onClick={change}>
              {t('address.change')}
            </button>
          </p>
        )}
      </div>
      {asks && (
        <form noValidate onSubmit={leave}>
          <label for="address">{t('address.ask')}</label>
          <div class="line">
            <input
              ref={box}
              id="address"
              type="email"
              autocomplete="email"
              aria-label={t('address.label')}
              aria-invalid={trouble !== null}
              aria-describedby={trouble ? 'address-trouble' : undefined}
              placeholder={t('address.label')}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <button type="submit" aria-disabled={isBusy}>
              {t('address.leave')}
            </button>
          </div>
          {trouble && (
            <p id="address-trouble" role="alert">
              {t(trouble)}
            </p>
          )}
        </form>
      )}
    </div>
  )
}
