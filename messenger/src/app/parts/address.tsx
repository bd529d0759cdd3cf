import { ApiFailure } from '@foyer/client/api.ts'
import { mailAddress } from '@foyer/contract/addresses.ts'
import { useState } from 'preact/hooks'
import type { MessageKey } from '../messages.ts'
import { useScene } from '../scene.ts'

/** Offers to tell the contact of an answer by mail, until they have left an address. */
export function Address() {
  const { t, conversations } = useScene()
  const [text, setText] = useState('')
  const [isLeft, setIsLeft] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [trouble, setTrouble] = useState<MessageKey | null>(null)
  const email = conversations.email()

  async function leave(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const address = mailAddress(text)
    if (isBusy) return
    if (address === null) return setTrouble('address.wrong')
    setIsBusy(true)
    try {
      await conversations.leaveEmail(address)
      setIsLeft(true)
      setTrouble(null)
    } catch (failure) {
      const isWrong = failure instanceof ApiFailure && failure.status === 400
      setTrouble(isWrong ? 'address.wrong' : 'address.failed')
    }
    setIsBusy(false)
  }

  if (email === undefined || (email && !isLeft)) return null
  return (
    <div class="address">
      <div role="status">{isLeft && <p>{t('address.left', { email: email ?? '' })}</p>}</div>
      {!isLeft && (
        <form noValidate onSubmit={leave}>
          <label for="address">{t('address.ask')}</label>
          <div class="line">
            <input
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
