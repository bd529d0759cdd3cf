import type { Operator, Workload } from '@foyer/contract/operators.ts'
import { useText } from '../../text.tsx'
import { contactName } from '../conversations/words.ts'

type SlotsProps = { slots: Operator['slots']; live: Workload['live'] }

/** A dot a slot: full where somebody is live in it, who says so when pointed at. */
export function Slots({ slots, live }: SlotsProps) {
  const t = useText()
  const { used, most } = slots
  const dots = Array.from({ length: Math.max(used, most) }, (_, place) => place)
  return (
    <span role="img" aria-label={t('me.slots', slots)} className="flex min-w-0 items-center gap-2">
      <span className="flex flex-wrap gap-1">
        {dots.map((place) => {
          const guest = live[place]
          return (
            <span
              key={place}
              title={place < used && guest ? contactName(guest, t) : undefined}
              className={
                place < used
                  ? 'size-3 rounded-full border border-transparent bg-green forced-colors:bg-[CanvasText]'
                  : 'size-3 rounded-full border border-edge/70'
              }
            />
          )
        })}
      </span>
      <span className="tabular text-small text-soft">
        {used}/{most}
      </span>
    </span>
  )
}
