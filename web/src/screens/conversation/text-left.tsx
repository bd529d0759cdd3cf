import { longestText } from '@foyer/contract/written.ts'
import { useText } from '../../text.tsx'

/** What is left is counted down from here. */
const countBelow = 500

/** How much room a text leaves, once there is little; and by how much it is too long to be sent. */
export function TextLeft({ text }: { text: string }) {
  const t = useText()
  const left = longestText - text.length
  if (left >= countBelow) return null
  return (
    <span role="status" className={`tabular text-small ${left < 0 ? 'text-red' : 'text-faint'}`}>
      {left < 0 ? t('composer.tooLong', { count: -left }) : t('composer.left', { count: left })}
    </span>
  )
}
