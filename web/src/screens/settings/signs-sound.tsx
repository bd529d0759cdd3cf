import { type SoundName, soundNames } from '@foyer/contract/signs.ts'
import { Play } from 'lucide-react'
import { useId } from 'react'
import { usualVolume, volumeKey } from '../../signs/start.ts'
import { useSigns } from '../../signs/use-signs.ts'
import { useLocale, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { useKept } from '../../ui/kept.ts'
import { Card, PagePart } from './page-part.tsx'
import { SignsEvents, type SignsPartProps } from './signs-events.tsx'
import { ToggleRow } from './toggle-row.tsx'

/** What is heard, of what, and how loud. */
export function SignsSound({ settings, set }: SignsPartProps) {
  const t = useText()
  const { sounds, sound, heard, inView } = settings
  return (
    <PagePart title={t('signs.sounds')}>
      <Card>
        <ToggleRow label={t('signs.soundsOn')} on={sounds} onChange={(on) => set({ sounds: on })} />
        <SoundChoice label={t('signs.sound')} value={sound} onChange={(name) => set({ sound: name })} />
        <Volume />
        <SignsEvents
          label={t('signs.sounds')}
          chosen={heard}
          onChange={(chosen) => set({ heard: chosen })}
          disabled={!sounds}
        />
        <ToggleRow
          label={t('signs.inView')}
          help={t('signs.inViewHelp')}
          on={inView}
          onChange={(on) => set({ inView: on })}
          disabled={!sounds}
        />
      </Card>
    </PagePart>
  )
}

type SoundChoiceProps = { label: string; value: SoundName; onChange: (name: SoundName) => void }

/** One of our sounds, and a button that plays it. */
export function SoundChoice({ label, value, onChange }: SoundChoiceProps) {
  const t = useText()
  const signs = useSigns()
  const play = (name: SoundName) => signs?.hear(name)
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <Choice
          label={label}
          value={value}
          options={soundNames.map((name) => ({ value: name, label: t(`signs.name.${name}`) }))}
          onChange={(name) => {
            onChange(name)
            play(name)
          }}
        />
      </div>
      <Button onPress={() => play(value)} className="min-h-9!">
        <Play size={14} aria-hidden="true" />
        {t('signs.try')}
      </Button>
    </div>
  )
}

/** How loud; it belongs to this browser, whose loudspeakers it is about. */
function Volume() {
  const t = useText()
  const id = useId()
  const locale = useLocale()
  const [volume, setVolume] = useKept(volumeKey, usualVolume)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(volume)
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-dense font-medium text-soft">
        {t('signs.volume')}
      </label>
      <div className="flex items-center gap-3">
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(volume * 100)}
          aria-valuetext={percent}
          onChange={(event) => setVolume(Number(event.currentTarget.value) / 100)}
          className="h-6 min-w-0 grow accent-accent"
        />
        <span className="tabular w-12 text-end text-dense text-soft" aria-hidden="true">
          {percent}
        </span>
      </div>
      <span className="text-small text-faint">{t('signs.volumeHelp')}</span>
    </div>
  )
}
