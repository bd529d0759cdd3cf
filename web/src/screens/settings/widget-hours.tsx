import { areInOrder, type Hours, type Interval } from '@foyer/contract/hours.ts'
import { CopyPlus, Plus, Trash2 } from 'lucide-react'
import { useLocale, useText } from '../../text.tsx'
import { weekdayName } from '../../time.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { useCheck } from '../../ui/checks.tsx'
import { classes } from '../../ui/classes.ts'
import { inputLook } from '../../ui/field.tsx'
import { SearchChoice } from '../../ui/search-choice.tsx'
import { Card, PagePart, rowLook, rowsLook } from './page-part.tsx'
import { ToggleRow } from './toggle-row.tsx'

type HoursProps = { value: Hours | null; onChange: (hours: Hours | null) => void }

const office: Interval[] = [{ from: '09:00', to: '17:00' }]
const zones = Intl.supportedValuesOf('timeZone')

/** Every time zone with what its clocks are ahead, and one that this browser does not know if it is the one chosen. */
function zoneOptions(chosen: string, locale: string) {
  return (zones.includes(chosen) ? zones : [chosen, ...zones]).map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
    hint: offsetOf(zone, locale),
  }))
}

function offsetOf(zone: string, locale: string): string {
  try {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' })
    return format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? ''
  } catch {
    return ''
  }
}

export function areHoursRight(hours: Hours | null): boolean {
  if (!hours) return true
  const dates = hours.dates.map(({ date }) => date)
  return (
    [...hours.week, ...hours.dates.map(({ intervals }) => intervals)].every(areInOrder) &&
    dates.every((date) => date !== '') &&
    new Set(dates).size === dates.length
  )
}

/** When somebody answers live: a week, by the clocks of a place, and the days that are different. */
export function WidgetHours({ value, onChange }: HoursProps) {
  const t = useText()
  return (
    <PagePart title={t('hours.title')} text={t('hours.text')}>
      <Card>
        <ToggleRow
          label={t('hours.on')}
          on={value !== null}
          onChange={(on) =>
            onChange(
              on
                ? {
                    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
                    week: Array.from({ length: 7 }, (_, day) => (day < 5 ? office : [])),
                    dates: [],
                  }
                : null,
            )
          }
        />
      </Card>
      {value ? <Editor hours={value} onChange={onChange} /> : null}
    </PagePart>
  )
}

function Editor({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const t = useText()
  const locale = useLocale()
  // A day that was just added has no date yet, which is wrong only once it is to be saved.
  const dated = { ...hours, dates: hours.dates.filter(({ date }) => date !== '') }
  const check = useCheck(areHoursRight(hours) ? undefined : t('hours.wrong'))
  const wrong = areHoursRight(dated) ? check.error : t('hours.wrong')
  const setDay = (day: number) => (intervals: Interval[]) =>
    onChange({ ...hours, week: hours.week.with(day, intervals) })
  const setDate = (index: number, change: Partial<Hours['dates'][number]>) => {
    const date = hours.dates[index]
    if (date) onChange({ ...hours, dates: hours.dates.with(index, { ...date, ...change }) })
  }
  return (
    <>
      <SearchChoice
        label={t('hours.zone')}
        value={hours.zone}
        options={zoneOptions(hours.zone, locale)}
        onChange={(zone) => onChange({ ...hours, zone })}
      />
      <ul aria-label={t('hours.week')} className={rowsLook}>
        {hours.week.map((intervals, day) => {
          const name = weekdayName(locale, day)
          return (
            <li key={name} className={rowLook}>
              <span className="w-full font-medium first-letter:uppercase wide:w-28">{name}</span>
              <Intervals of={name} intervals={intervals} onChange={setDay(day)} />
            </li>
          )
        })}
      </ul>
      <div>
        <Button
          onPress={() =>
            onChange({
              ...hours,
              week: hours.week.map((intervals, day) => (day < 5 ? (hours.week[0] ?? []) : intervals)),
            })
          }
        >
          <CopyPlus size={14} aria-hidden="true" />
          {t('hours.copy')}
        </Button>
      </div>
      <ul aria-label={t('hours.dates')} className={rowsLook}>
        {hours.dates.map(({ date, name, intervals }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a date is known by its place while it is being written
          <li key={index} className={rowLook}>
            <input
              type="date"
              aria-label={t('hours.date')}
              value={date}
              aria-invalid={check.error !== undefined && date === ''}
              onChange={(event) => setDate(index, { date: event.target.value })}
              className={classes(inputLook, 'h-8 max-w-40 text-dense')}
            />
            <input
              aria-label={t('hours.dateName')}
              placeholder={t('hours.dateName')}
              value={name}
              maxLength={60}
              onChange={(event) => setDate(index, { name: event.target.value })}
              className={classes(inputLook, 'h-8 max-w-44 text-dense placeholder:text-faint')}
            />
            <Intervals
              of={name || date}
              intervals={intervals}
              onChange={(changed) => setDate(index, { intervals: changed })}
            />
            <IconButton
              label={t('hours.removeDate', { name: name || date })}
              onPress={() => onChange({ ...hours, dates: hours.dates.toSpliced(index, 1) })}
            >
              <Trash2 size={15} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <div>
        <Button
          onPress={() =>
            onChange({ ...hours, dates: [...hours.dates, { date: '', name: '', intervals: [] }] })
          }
        >
          <Plus size={14} aria-hidden="true" />
          {t('hours.addDate')}
        </Button>
      </div>
      {wrong ? (
        <p role="alert" className="text-small text-red">
          {wrong}
        </p>
      ) : null}
    </>
  )
}

type IntervalsProps = { of: string; intervals: Interval[]; onChange: (intervals: Interval[]) => void }

/** From when to when on one day; none: closed. */
function Intervals({ of, intervals, onChange }: IntervalsProps) {
  const t = useText()
  const set = (index: number, change: Partial<Interval>) => {
    const interval = intervals[index]
    if (interval) onChange(intervals.with(index, { ...interval, ...change }))
  }
  function add() {
    const last = intervals.at(-1)?.to
    onChange(last ? [...intervals, { from: last, to: '24:00' }] : office)
  }
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1.5">
      {intervals.length === 0 ? <span className="text-faint">{t('hours.closed')}</span> : null}
      {intervals.map(({ from, to }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an interval is known by its place in the day
        <span key={index} className="flex items-center gap-1.5">
          <Clock
            label={t('hours.from', { day: of })}
            value={from}
            set={(clock) => set(index, { from: clock })}
          />
          <span aria-hidden="true">–</span>
          <Clock
            label={t('hours.to', { day: of })}
            // Midnight ends a day here, where the field knows only its beginning.
            value={to === '24:00' ? '00:00' : to}
            set={(clock) => set(index, { to: clock === '00:00' ? '24:00' : clock })}
          />
          <IconButton
            label={t('hours.remove', { day: of })}
            onPress={() => onChange(intervals.toSpliced(index, 1))}
          >
            <Trash2 size={15} aria-hidden="true" />
          </IconButton>
        </span>
      ))}
      {intervals.length < 10 && intervals.at(-1)?.to !== '24:00' ? (
        <IconButton label={t('hours.add', { day: of })} onPress={add}>
          <Plus size={15} aria-hidden="true" />
        </IconButton>
      ) : null}
    </span>
  )
}

function Clock({ label, value, set }: { label: string; value: string; set: (clock: string) => void }) {
  return (
    <input
      type="time"
      aria-label={label}
      value={value}
      required
      // While one of its parts is empty it says nothing.
      onChange={(event) => event.target.value && set(event.target.value)}
      className={classes(inputLook, 'tabular h-8 max-w-30 px-2 text-dense')}
    />
  )
}
