import { useState } from 'preact/hooks'
import type { Translate } from '../messages.ts'

/** Before a conversation that a link opens: whose it is, so that nobody takes somebody else's for theirs. */
export function Gate(props: {
  t: Translate
  state: { name: string; address: string } | 'invalid' | 'unreachable'
  open: (() => void) | undefined
  again: () => void
}) {
  const { t, state, open, again } = props
  const [isBusy, setIsBusy] = useState(false)
  if (state === 'unreachable')
    return (
      <main class="gate">
        <p role="alert">{t('trouble.unreachable')}</p>
        <button type="button" class="enter" onClick={again}>
          {t('tryAgain')}
        </button>
      </main>
    )
  if (state === 'invalid')
    return (
      <main class="gate">
        <h1>{t('link.invalid')}</h1>
        <p>{t('link.invalidText')}</p>
      </main>
    )
  return (
    <main class="gate">
      <h1>{t('link.title', { name: state.name })}</h1>
      <p>{t('link.whose', { address: state.address })}</p>
      <button
        type="button"
        class="enter"
        aria-disabled={isBusy}
        onClick={() => {
          if (isBusy) return
          setIsBusy(true)
          open?.()
        }}
      >
        {t('link.open')}
      </button>
    </main>
  )
}
