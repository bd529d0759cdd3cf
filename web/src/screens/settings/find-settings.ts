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

/** A section, or one setting of it, with the texts it is found by. */
export type SettingListed = Pick<SettingFound, 'id' | 'section' | 'setting' | 'name'> & { about: string }

/** Everything that can be found: every section, and every setting of it, by the texts of their own values. */
export function listSettings(sections: readonly Section[], t: (key: TextKey) => string): SettingListed[] {
  return sections.flatMap((section) => {
    const id = `settings/${section.path}`
    return [
      { id, section, setting: null, name: t(section.label), about: t(section.words) },
      ...section.settings.map((setting) => ({
        id: `${id}#${setting.label}`,
        section,
        setting,
        name: t(setting.label),
        about: setting.help ? t(setting.help) : '',
      })),
    ]
  })
}

/** What of it fits some words, best first. */
export function findSettings(
  words: string,
  sections: readonly Section[],
  t: (key: TextKey) => string,
): SettingFound[] {
  return bestFirst(words, listSettings(sections, t), (each) => each).map(
    ({ item: { about: _, ...item }, fit: { pieces, rank } }) => ({ ...item, pieces, rank }),
  )
}

/** What I may see of the settings that fits some words, best first; nothing for less than two letters. */
export function useSettingsFound(words: string): readonly SettingFound[] {
  const t = useText()
  const sections = useSections()
  const asked = words.trim()
  return asked.length < 2 ? [] : findSettings(asked, sections, t)
}
