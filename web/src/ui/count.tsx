import { classes } from './classes.ts'

/** What is to be done is full; what is there to be taken is an outline. */
const tones = {
  full: 'rounded-full bg-ember text-on-ember',
  outline: 'rounded-md border border-edge bg-transparent text-soft',
}

/** A count in a pill; beyond a thousand it says so instead of counting on. */
export function Count({
  value,
  label,
  tone = 'full',
}: {
  value: number
  label: string
  tone?: keyof typeof tones
}) {
  if (value === 0) return null
  return (
    <span
      className={classes(
        'tabular flex h-4.5 min-w-4.5 items-center justify-center px-1.5 text-tiny font-semibold',
        tones[tone],
      )}
    >
      <span aria-hidden="true">{value > 999 ? '999+' : value}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
