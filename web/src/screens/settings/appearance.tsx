import { useMe } from '../../session.ts'
import { languages, useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useAfterEnding } from '../inbox/move-on.ts'
import { useUpdateMe } from '../shell/me-actions.ts'

/** Language, theme and keys; each holds at once. */
export function Appearance() {
  const t = useText()
  const me = useMe()
  const update = useUpdateMe()
  const [afterEnding, setAfterEnding] = useAfterEnding()
  return (
    <div className="flex flex-col gap-5">
      <Choice
        label={t('settings.language')}
        value={me.locale}
        options={languages}
        onChange={(locale) => void update({ locale })}
      />
      <Choice
        label={t('settings.theme')}
        value={me.theme}
        options={[
          { value: 'system', label: t('settings.themeSystem') },
          { value: 'light', label: t('settings.themeLight') },
          { value: 'dark', label: t('settings.themeDark') },
        ]}
        onChange={(theme) => void update({ theme })}
      />
      <Choice
        label={t('settings.afterEnding')}
        value={afterEnding}
        options={[
          { value: 'next', label: t('settings.afterEndingNext') },
          { value: 'stay', label: t('settings.afterEndingStay') },
        ]}
        onChange={setAfterEnding}
      />
      <Toggle on={me.shortcuts} onChange={(shortcuts) => void update({ shortcuts })}>
        <span className="flex flex-col">
          <span className="font-medium">{t('settings.shortcuts')}</span>
          <span className="text-dense text-faint">{t('settings.shortcutsHelp')}</span>
        </span>
      </Toggle>
    </div>
  )
}
