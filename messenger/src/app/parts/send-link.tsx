import { useState } from 'preact/hooks'
import type { MessageKey, Translate } from '../messages.ts'

/** Has another link sent to where the last one went. What comes of it is said in the same place, whatever it is. */
export function SendLink(props: { t: Translate; send: () => Promise<void>; look: string; sent: MessageKey }) {
  const { t, send, look } = props
  const [state, setState] = useState<'asked' | 'busy' | 'sent' | 'failed'>('asked')

  async function press(): Promise<void> {
    if (state === 'busy') return
    setState('busy')
    setState(
      await send().then(
        () => 'sent' as const,
        () => 'failed' as const,
      ),
    )
  }

  return (
    <div class="renew">
      {state !== 'sent' && (
        <button type="button" class={look} aria-disabled={state === 'busy'} onClick={() => void press()}>
          {t('link.renew')}
        </button>
      )}
      <p role="status">
        {state === 'sent' && t(props.sent)}
        {state === 'failed' && t('address.failed')}
      </p>
    </div>
  )
}
