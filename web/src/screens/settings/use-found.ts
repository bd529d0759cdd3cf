import { useGo } from '../../link.tsx'
import { useText } from '../../text.tsx'
import type { Found } from '../shell/commands.ts'
import { listSettings } from './find-settings.ts'
import { settingsPaths } from './paths.ts'
import { useSections } from './sections.ts'

/** Every section of the settings that I may see, and every setting of it, as rows of the palette. */
export function useSettingsRows(): readonly Found[] {
  const t = useText()
  const go = useGo()
  return listSettings(useSections(), t).map(({ id, section, setting, name, about }) => ({
    id,
    label: name,
    about,
    note: [{ text: t(setting ? section.label : 'nav.settings'), marked: false }],
    icon: section.icon,
    run: () =>
      go(setting ? settingsPaths.setting(section.path, setting.label) : settingsPaths.settings(section.path)),
  }))
}
