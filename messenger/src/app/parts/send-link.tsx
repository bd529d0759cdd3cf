import { useState } from 'preact/hooks'
import type { Translate } from '../messages.ts'

/** Has another link sent to where the last one went. What comes of it is said in the same place, whatever it is. */
export function SendLink({ t, send, look }: { t: Translate; send: () => Promise<void>; look: string }) {
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
        {state === 'sent' && t('link.renewed')}
        {state === 'failed' && t('address.failed')}
      </p>
    </div>
  )
}
