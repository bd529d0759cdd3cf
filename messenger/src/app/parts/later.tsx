import type { PublicHead } from '@foyer/contract/messenger.ts'
import type { Line } from '../lines.ts'
import { useScene } from '../scene.ts'

type LaterProps = { head: PublicHead | undefined; lines: readonly Line[]; available: boolean | null }

/** Says honestly that the answer comes later, while the contact waits for one and nobody has a slot for them. */
export function Later({ head, lines, available }: LaterProps) {
  const { t } = useScene()
  const last = lines.findLast((line) => line.kind === 'message')
  const waits = last?.kind === 'message' && last.author === 'me' && last.state !== 'failed'
  const show = head !== undefined && !head.live && !head.ended && waits && available !== null
  return (
    <div class="later" role="status">
      {show && <p>{t(available ? 'later.busy' : 'later.away')}</p>}
    </div>
  )
}
