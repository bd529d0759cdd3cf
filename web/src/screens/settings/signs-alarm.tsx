import type { SignSettings } from '@foyer/contract/signs.ts'
import { useLocale, useText } from '../../text.tsx'
import { secondsOrMinutes } from '../../time.ts'
import { Choice } from '../../ui/choice.tsx'
import { Card, PagePart } from './page-part.tsx'
import type { SignsPartProps } from './signs-events.tsx'
import { SoundChoice } from './signs-sound.tsx'
import { ToggleRow } from './toggle-row.tsx'

const afterChoices = [15, 30, 60, 120, 180, 300, 600, 1_800]
const repeatChoices = [15, 30, 60, 120, 300, 600]
const never = 'never'

/** A sound when a contact has waited for my answer for too long. */
export function SignsAlarm({ settings: { alarm }, set }: SignsPartProps) {
  const t = useText()
  const locale = useLocale()
  const change = (next: Partial<SignSettings['alarm']>) => set({ alarm: { ...alarm, ...next } })
  const options = (choices: readonly number[], chosen: number | null) =>
    [...new Set([...choices, ...(chosen === null ? [] : [chosen])])]
      .sort((a, b) => a - b)
      .map((seconds) => ({ value: String(seconds), label: secondsOrMinutes(locale, seconds) }))
  return (
    <PagePart title={t('signs.alarmTitle')} text={t('signs.alarmHelp')}>
      <Card>
        <ToggleRow label={t('signs.alarmOn')} on={alarm.on} onChange={(on) => change({ on })} />
        {alarm.on ? (
          <>
            <div className="grid gap-3 wide:grid-cols-2">
              <Choice
                label={t('signs.alarmAfter')}
                value={String(alarm.afterSeconds)}
                options={options(afterChoices, alarm.afterSeconds)}
                onChange={(seconds) => change({ afterSeconds: Number(seconds) })}
              />
              <Choice
                label={t('signs.alarmRepeat')}
                value={alarm.repeatSeconds === null ? never : String(alarm.repeatSeconds)}
                options={[
                  { value: never, label: t('signs.alarmOnce') },
                  ...options(repeatChoices, alarm.repeatSeconds),
                ]}
                onChange={(seconds) => change({ repeatSeconds: seconds === never ? null : Number(seconds) })}
              />
            </div>
            <SoundChoice
              label={t('signs.alarmSound')}
              value={alarm.sound}
              onChange={(sound) => change({ sound })}
            />
          </>
        ) : null}
      </Card>
    </PagePart>
  )
}
