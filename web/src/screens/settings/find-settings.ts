import { bestFirst } from '../../find.ts'
import { type TextKey, useText } from '../../text.tsx'
import type { Pieces } from '../../ui/passage.tsx'
import type { Section, Setting } from './section.ts'
import { useSections } from './sections.ts'

/** A section, or one setting of it, that fits the words; with the letters of its name that do. */
export type SettingFound = {
  id: string
  section: Section
  setting: Setting | null
  name: string
  pieces: Pieces
  rank: number
}

/** Everything that can be found: every section, and every setting of it, by the texts of their own values. */
export function findSettings(
  words: string,
  sections: readonly Section[],
  t: (key: TextKey) => string,
): SettingFound[] {
  const all = sections.flatMap((section) => [
    { section, setting: null, name: t(section.label), about: t(section.words) },
    ...section.settings.map((setting) => ({
      section,
      setting,
      name: t(setting.label),
      about: setting.help ? t(setting.help) : '',
    })),
  ])
  return bestFirst(words, all, ({ name, about }) => ({ name, about })).map(
    ({ item: { section, setting, name }, fit }) => ({
      id: `settings/${section.path}${setting ? `#${setting.label}` : ''}`,
      section,
      setting,
      name,
      pieces: fit.pieces,
      rank: fit.rank,
    }),
  )
}

/** What I may see of the settings that fits some words, best first; nothing for less than two letters. */
export function useSettingsFound(words: string): readonly SettingFound[] {
  const t = useText()
  const sections = useSections()
  const asked = words.trim()
  return asked.length < 2 ? [] : findSettings(asked, sections, t)
}
