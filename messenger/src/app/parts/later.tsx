import type { PublicHead } from '@foyer/contract/messenger.ts'
import { usualWait } from '../availability.ts'
import type { Line } from '../lines.ts'
import { useScene } from '../scene.ts'
import { Address } from './address.tsx'
import { Back } from './back.tsx'

type LaterProps = { head: PublicHead | undefined; lines: readonly Line[] }

/** Says honestly that the answer comes later, while the contact waits for one and nobody has a slot for them. */
export function Later({ head, lines }: LaterProps) {
  const { t, mails, available, away, opensAt, replySeconds } = useScene()
  const wait = replySeconds === null || available === 'away' ? null : usualWait(replySeconds)
  const last = lines.findLast((line) => line.kind === 'message' && line.author !== 'system')
  // What the log says already need not be said again.
  const isTold = lines.findLast((line) => line.kind === 'message')?.author === 'system'
  const waits = last?.kind === 'message' && last.author === 'me' && last.state !== 'failed'
  const show = head !== undefined && !head.live && !head.ended && waits && available !== null
  return (
    <div class="later">
      <div role="status">
        {show && (!isTold || opensAt !== null) && (
          <p dir="auto">
            {!isTold && (
              <span>
                {available === 'away'
                  ? (away ?? t('later.away'))
                  : t(available === 'busy' ? 'later.busy' : 'later.sent')}
              </span>
            )}
            {!isTold && wait && <span> {t(wait.key, { count: wait.count })}</span>}
            <Back />
          </p>
        )}
      </div>
      {show && mails && <Address />}
    </div>
  )
}
