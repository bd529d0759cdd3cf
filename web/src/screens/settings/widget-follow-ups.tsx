import type { Locale } from '@foyer/contract/scalars.ts'
import type { AutomaticTexts, Widget } from '@foyer/contract/widgets.ts'
import { type ReactNode, useId, useState } from 'react'
import { useText } from '../../text.tsx'
import { useCheck } from '../../ui/checks.tsx'
import { Choice } from '../../ui/choice.tsx'
import { classes } from '../../ui/classes.ts'
import { inputLook } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { Toggle } from '../../ui/toggle.tsx'

type Kind = 'waiting' | 'silent'
type Spoken = Pick<Widget, 'texts' | 'waitingMinutes' | 'silentMinutes'>

const most = { waiting: 120, silent: 10_080 }
/** Where the minutes begin when it is turned on. */
const usual = { waiting: 5, silent: 10 }
const unitMinutes = { minutes: 1, hours: 60, days: 1_440 }
type Unit = keyof typeof unitMinutes

function isTimeRight(kind: Kind, minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= most[kind]
}

function hasWords(texts: Partial<Record<Locale, string>>): boolean {
  return Object.values(texts).some((text) => text.trim() !== '')
}

/** Whether each that is on has a time, and words in some language. */
export function areFollowUpsRight({ texts, waitingMinutes, silentMinutes }: Spoken): boolean {
  const isRight = (kind: Kind, minutes: number | null) =>
    minutes === null || (isTimeRight(kind, minutes) && hasWords(texts[kind]))
  return isRight('waiting', waitingMinutes) && isRight('silent', silentMinutes)
}

type FollowUpsProps = {
  value: Spoken
  set: (change: Partial<Spoken>) => void
  /** The language being written in. */
  locale: Locale
  say: (kind: keyof AutomaticTexts) => (text: string) => void
}

/** What the messenger says when an answer, or the contact, takes a while. */
export function WidgetFollowUps({ value, set, locale, say }: FollowUpsProps) {
  const t = useText()
  const { texts, waitingMinutes, silentMinutes } = value
  return (
    <>
      <FollowUp
        title={t('widget.waiting')}
        help={t('widget.waitingHelp')}
        on={waitingMinutes !== null}
        onChange={(on) => set({ waitingMinutes: on ? usual.waiting : null })}
      >
        <Words
          texts={texts.waiting}
          locale={locale}
          onChange={say('waiting')}
          example={t('widget.waitingExample')}
        />
        <After
          kind="waiting"
          label={t('widget.waitingAfter')}
          wrong={t('widget.waitingWrong')}
          units={['minutes', 'hours']}
          minutes={waitingMinutes ?? usual.waiting}
          onChange={(minutes) => set({ waitingMinutes: minutes })}
        />
      </FollowUp>
      <FollowUp
        title={t('widget.silent')}
        help={t('widget.silentHelp')}
        on={silentMinutes !== null}
        onChange={(on) => set({ silentMinutes: on ? usual.silent : null })}
      >
        <Words
          texts={texts.silent}
          locale={locale}
          onChange={say('silent')}
          example={t('widget.silentExample')}
        />
        <After
          kind="silent"
          label={t('widget.silentAfter')}
          wrong={t('widget.silentWrong')}
          units={['minutes', 'hours', 'days']}
          minutes={silentMinutes ?? usual.silent}
          onChange={(minutes) => set({ silentMinutes: minutes })}
        />
      </FollowUp>
    </>
  )
}

type FollowUpProps = {
  title: string
  /** When it is said, and to whom. */
  help: string
  on: boolean
  onChange: (on: boolean) => void
  children: ReactNode
}

function FollowUp({ title, help, on, onChange, children }: FollowUpProps) {
  const id = useId()
  return (
    <fieldset aria-label={title} aria-describedby={id} className="flex flex-col gap-4">
      <div className="flex flex-col gap-0.5">
        <Toggle on={on} onChange={onChange} atEnd>
          <span className="min-w-0 grow font-medium">{title}</span>
        </Toggle>
        <p id={id} className="pe-13 text-dense text-pretty text-faint">
          {help}
        </p>
      </div>
      {on ? <div className="flex flex-col gap-4">{children}</div> : null}
    </fieldset>
  )
}

type WordsProps = {
  texts: Partial<Record<Locale, string>>
  locale: Locale
  onChange: (text: string) => void
  example: string
}

function Words({ texts, locale, onChange, example }: WordsProps) {
  const t = useText()
  return (
    <TextArea
      label={t('widget.followUpWords')}
      value={texts[locale] ?? ''}
      onChange={onChange}
      placeholder={example}
      check={hasWords(texts) ? undefined : t('widget.followUpMissing')}
      maxLength={500}
      rows={2}
      lang={locale}
    />
  )
}

type AfterProps = {
  kind: Kind
  label: string
  wrong: string
  units: readonly Unit[]
  minutes: number
  /** Told of 0 while no number is written. */
  onChange: (minutes: number) => void
}

/** A number and its unit, for a number of minutes. */
function After({ kind, label, wrong, units, minutes, onChange }: AfterProps) {
  const t = useText()
  const [unit, setUnit] = useState<Unit>(
    () => units.findLast((each) => minutes % unitMinutes[each] === 0) ?? 'minutes',
  )
  const id = useId()
  const check = useCheck(isTimeRight(kind, minutes) ? undefined : wrong)
  const isRight = check.error === undefined
  const [amount, setAmount] = useState(String(minutes / unitMinutes[unit]))
  const names = { minutes: t('unit.minutes'), hours: t('unit.hours'), days: t('unit.days') }
  function change(text: string, next: Unit) {
    setAmount(text)
    setUnit(next)
    onChange(/^\d{1,5}$/.test(text) ? Number(text) * unitMinutes[next] : 0)
  }
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-dense font-medium text-soft">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          inputMode="numeric"
          value={amount}
          maxLength={5}
          onChange={(event) => change(event.target.value.trim(), unit)}
          onBlur={check.leave}
          className={classes(inputLook, 'h-8 max-w-20 text-dense aria-invalid:border-red')}
          aria-invalid={!isRight}
          {...(isRight ? {} : { 'aria-describedby': `${id}-wrong` })}
        />
        <Choice
          bare
          label={t('widget.unit')}
          value={unit}
          options={units.map((each) => ({ value: each, label: names[each] }))}
          onChange={(next) => change(amount, next)}
        />
      </div>
      {isRight ? null : (
        <p id={`${id}-wrong`} className="text-small text-red">
          {check.error}
        </p>
      )}
    </div>
  )
}
