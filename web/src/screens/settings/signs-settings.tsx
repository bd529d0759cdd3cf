import { useChangeSigns, useSignSettings } from '../../signs/use-settings.ts'
import { useText } from '../../text.tsx'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { Card } from './page-part.tsx'
import { SignsAlarm } from './signs-alarm.tsx'
import { SignsShown } from './signs-shown.tsx'
import { SignsSound } from './signs-sound.tsx'
import { ToggleRow } from './toggle-row.tsx'

/** Of what I am told by sound and by notification; each choice holds at once. */
export function SignsSettings() {
  const t = useText()
  const settings = useSignSettings()
  const change = useChangeSigns()
  if (!settings) return <RowSkeleton rows={6} />
  const set = (next: Parameters<typeof change>[0]) => void change(next)
  return (
    <div className="flex flex-col gap-7">
      <Card>
        <ToggleRow
          label={t('signs.silence')}
          help={t('signs.silenceHelp')}
          on={settings.silenced}
          onChange={(silenced) => set({ silenced })}
        />
      </Card>
      <SignsSound settings={settings} set={set} />
      <SignsShown settings={settings} set={set} />
      <SignsAlarm settings={settings} set={set} />
    </div>
  )
}
