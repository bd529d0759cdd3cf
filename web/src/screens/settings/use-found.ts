import { useGo } from '../../link.tsx'
import { useText } from '../../text.tsx'
import type { Found } from '../shell/commands.ts'
import { settingsPaths } from './paths.ts'
import { useSections } from './sections.ts'

/** Every section of the settings that I may see, and every setting of it, as rows of the palette. */
export function useSettingsRows(): readonly Found[] {
  const t = useText()
  const go = useGo()
  return useSections().flatMap((section): Found[] => {
    const { path, icon } = section
    const name = t(section.label)
    return [
      {
        id: `settings/${path}`,
        label: name,
        about: t(section.words),
        note: [{ text: t('nav.settings'), marked: false }],
        icon,
        run: () => go(settingsPaths.settings(path)),
      },
      ...section.settings.map(
        ({ label, help }): Found => ({
          id: `settings/${path}#${label}`,
          label: t(label),
          about: help ? t(help) : '',
          note: [{ text: name, marked: false }],
          icon,
          run: () => go(settingsPaths.setting(path, label)),
        }),
      ),
    ]
  })
}
