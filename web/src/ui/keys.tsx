import { classes } from './classes.ts'

/** Keys to press, each drawn as a key: `Ctrl K`. */
export function Keys({ keys, inverse = false }: { keys: string; inverse?: boolean }) {
  return (
    <span className="flex shrink-0 gap-0.5" aria-hidden="true">
      {keys.split(' ').map((key) => (
        <kbd
          key={key}
          className={classes(
            'min-w-5 rounded-sm px-1 text-center font-sans text-tiny leading-5',
            inverse ? 'bg-surface/20' : 'border border-line bg-canvas leading-4.5 text-faint',
          )}
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
