import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import { isBounded } from '@foyer/contract/rich-text/tree.ts'
import { longestText } from '@foyer/contract/written.ts'
import { useText } from '../../text.tsx'

/** What is left is counted down from here. */
const countBelow = 500

/** How much room a text leaves, once there is little; by how much it is too long to be sent, or that it is too much divided. */
export function TextLeft({ saying }: { saying: Saying }) {
  const t = useText()
  const { text, content } = saying
  const left = longestText - text.length
  const isTooMuch = content !== undefined && !isBounded(content)
  if (left >= countBelow && !isTooMuch) return null
  return (
    <span role="status" className={`tabular text-small ${left < 0 || isTooMuch ? 'text-red' : 'text-faint'}`}>
      {left < 0
        ? t('composer.tooLong', { count: -left })
        : isTooMuch
          ? t('formatting.tooMuch')
          : t('composer.left', { count: left })}
    </span>
  )
}
