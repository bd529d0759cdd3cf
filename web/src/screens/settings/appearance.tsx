import { useMe } from '../../session.ts'
import { languages, useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { useAfterEnding } from '../inbox/move-on.ts'
import { useUpdateMe } from '../shell/me-actions.ts'
import { DensityChoice } from './density-choice.tsx'
import { Card } from './page-part.tsx'
import { ToggleRow } from './toggle-row.tsx'

/** Language, theme, density and keys; each holds at once. */
export function Appearance() {
  const t = useText()
  const me = useMe()
  const update = useUpdateMe()
  const [afterEnding, setAfterEnding] = useAfterEnding()
  return (
    <>
      <Card>
        <Choice
          label={t('settings.language')}
          help={t('settings.languageHelp')}
          value={me.locale}
          options={languages}
          onChange={(locale) => void update({ locale })}
          atEnd
        />
        <Choice
          label={t('settings.theme')}
          help={t('settings.themeHelp')}
          value={me.theme}
          options={[
            { value: 'system', label: t('settings.themeSystem') },
            { value: 'light', label: t('settings.themeLight') },
            { value: 'dark', label: t('settings.themeDark') },
          ]}
          onChange={(theme) => void update({ theme })}
          atEnd
        />
        <DensityChoice />
      </Card>
      <Card>
        <Choice
          label={t('settings.afterEnding')}
          help={t('settings.afterEndingHelp')}
          value={afterEnding}
          options={[
            { value: 'next', label: t('settings.afterEndingNext') },
            { value: 'stay', label: t('settings.afterEndingStay') },
          ]}
          onChange={setAfterEnding}
          atEnd
        />
        <Choice
          label={t('settings.undoSeconds')}
          help={t('settings.undoSecondsHelp')}
          value={String(me.undoSeconds)}
          options={[...new Set([0, 5, 10, 20, 30, me.undoSeconds])]
            .sort((a, b) => a - b)
            .map((count) => ({
              value: String(count),
              label: count === 0 ? t('settings.undoOff') : t('settings.undoFor', { count }),
            }))}
          onChange={(seconds) => void update({ undoSeconds: Number(seconds) })}
          atEnd
        />
        <ToggleRow
          label={t('settings.shortcuts')}
          help={t('settings.shortcutsHelp')}
          on={me.shortcuts}
          onChange={(shortcuts) => void update({ shortcuts })}
        />
      </Card>
    </>
  )
}
