import { Label } from 'react-aria-components/Label'
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { Text } from 'react-aria-components/Text'
import { useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { type Density, useDensity } from '../conversations/density.ts'

/** How dense lists are, by two small pictures of one. */
export function DensityChoice() {
  const t = useText()
  const [density, setDensity] = useDensity()
  const options = [
    { value: 'comfortable', label: t('settings.densityComfortable'), rows: 3 },
    { value: 'compact', label: t('settings.densityCompact'), rows: 5 },
  ] as const satisfies { value: Density; label: string; rows: number }[]
  return (
    <RadioGroup
      value={density}
      onChange={(value) => setDensity(value === 'compact' ? 'compact' : 'comfortable')}
      className="flex flex-col gap-3"
    >
      <span className="flex flex-col gap-0.5">
        <Label className="font-medium">{t('settings.density')}</Label>
        <Text slot="description" className="text-dense text-pretty text-faint">
          {t('settings.densityHelp')}
        </Text>
      </span>
      <div className="grid grid-cols-2 gap-3">
        {options.map(({ value, label, rows }) => (
          <Radio
            key={value}
            value={value}
            className="group relative flex flex-col gap-2 rounded-lg data-focus-visible:outline-none"
          >
            <span className="flex h-28 flex-col justify-center rounded-lg border border-line bg-canvas p-2.5 transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-hovered:border-edge group-data-selected:border-accent group-data-selected:ring-1 group-data-selected:ring-accent">
              <Drawing rows={rows} />
            </span>
            <span className="flex items-center gap-2 text-dense group-data-selected:font-medium">
              <span className="grid size-4 shrink-0 place-items-center rounded-full border border-edge group-data-selected:border-accent">
                <span className="size-2 rounded-full group-data-selected:bg-accent forced-colors:group-data-selected:bg-[Highlight]" />
              </span>
              {label}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

/** Rows of a list, as they lie on their sheet. */
function Drawing({ rows }: { rows: number }) {
  const dense = rows > 3
  return (
    <span
      className={classes(
        'flex w-full flex-col rounded-md bg-surface p-2 shadow-rest',
        dense ? 'gap-1.5' : 'gap-2.5',
      )}
      aria-hidden="true"
    >
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: drawn rows without identity
        <span key={row} className="flex items-center gap-2">
          <span className={classes('shrink-0 rounded-full bg-line', dense ? 'size-2.5' : 'size-4.5')} />
          <span className="flex grow flex-col gap-1">
            <span className={classes('h-1 rounded-full bg-edge/60', row % 2 ? 'w-2/5' : 'w-3/5')} />
            {dense ? null : <span className="h-1 w-11/12 rounded-full bg-line" />}
          </span>
          {row === 0 ? <span className="size-1.5 rounded-full bg-ember" /> : null}
        </span>
      ))}
    </span>
  )
}
