import { type TextKey, useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { type Strength, shortest, strengthOf } from './strength.ts'

const bars: Record<Strength, number> = { short: 0, weak: 1, fair: 2, strong: 3 }
const words: Record<Strength, TextKey> = {
  short: 'setUp.tooShort',
  weak: 'setUp.weak',
  fair: 'setUp.fair',
  strong: 'setUp.strong',
}
const looks: Record<Strength, string> = { short: '', weak: 'bg-red', fair: 'bg-amber', strong: 'bg-green' }

/** Three bars and a word about a password while it is being chosen. */
export function StrengthHint({ password }: { password: string }) {
  const t = useText()
  const strength = strengthOf(password)
  return (
    <div className="flex min-h-4 items-center gap-2">
      {password === '' ? null : (
        <span className="flex w-24 shrink-0 gap-1" aria-hidden="true">
          {[1, 2, 3].map((bar) => (
            <span
              key={bar}
              className={classes(
                'h-1 grow rounded-full',
                bar <= bars[strength] ? looks[strength] : 'bg-line',
              )}
            />
          ))}
        </span>
      )}
      <span role="status" className="text-small text-faint">
        {password === '' ? '' : t(words[strength], { count: shortest })}
      </span>
    </div>
  )
}
