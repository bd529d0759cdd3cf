import { Check, CheckCheck, Clock3 } from 'lucide-react'
import { type TextKey, useText } from '../../text.tsx'
import type { Progress } from './timeline.ts'

const words: Record<Exclude<Progress, 'failed' | 'held'>, TextKey> = {
  sending: 'tick.sending',
  waiting: 'tick.waiting',
  sent: 'tick.sent',
  delivered: 'tick.delivered',
  read: 'tick.read',
}

/** How far a message has come: a shape for the eye, a word for everyone. */
export function Tick({ progress }: { progress: Progress }) {
  const t = useText()
  if (progress === 'failed' || progress === 'held') return null
  const word = t(words[progress])
  const Icon =
    progress === 'sending' || progress === 'waiting' ? Clock3 : progress === 'sent' ? Check : CheckCheck
  return (
    <span className="flex items-center gap-1" title={word}>
      <Icon
        size={13}
        strokeWidth={2}
        className={progress === 'read' ? 'text-accent' : undefined}
        aria-hidden="true"
      />
      {/* Waiting is not normal and is said aloud; the others are there for those who cannot see the shape. */}
      <span className={progress === 'waiting' ? undefined : 'sr-only'}>{word}</span>
    </span>
  )
}
