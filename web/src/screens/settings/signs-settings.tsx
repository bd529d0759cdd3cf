import { useChangeSigns, useSignSettings } from '../../signs/use-settings.ts'
import { useText } from '../../text.tsx'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { SignsAlarm } from './signs-alarm.tsx'
import { SignsShown } from './signs-shown.tsx'
import { SignsSound } from './signs-sound.tsx'

/** Of what I am told by sound and by notification; each choice holds at once. */
export function SignsSettings() {
  const t = useText()
  const settings = useSignSettings()
  const change = useChangeSigns()
  if (!settings) return <RowSkeleton rows={6} />
  const set = (next: Parameters<typeof change>[0]) => void change(next)
  return (
    <div className="flex flex-col gap-10">
      <Toggle on={settings.silenced} onChange={(silenced) => set({ silenced })}>
        <span className="flex flex-col">
          <span className="font-medium">{t('signs.silence')}</span>
          <span className="text-dense text-faint">{t('signs.silenceHelp')}</span>
        </span>
      </Toggle>
      <SignsSound settings={settings} set={set} />
      <SignsShown settings={settings} set={set} />
      <SignsAlarm settings={settings} set={set} />
    </div>
  )
}
