import { Settings } from 'lucide-react'
import { useFilter } from 'react-aria-components/Autocomplete'
import { useGo } from '../../link.tsx'
import { useText } from '../../text.tsx'
import type { Found } from '../shell/commands.ts'
import { settingsPaths } from './paths.ts'
import { groupTitles } from './section.ts'
import { useSections } from './sections.ts'

/** Sections of the settings with some words in their name or in what they are about. */
export function useSectionsFound(words: string): readonly Found[] {
  const t = useText()
  const go = useGo()
  const sections = useSections()
  const { contains } = useFilter({ sensitivity: 'base' })
  const asked = words.trim()
  // One letter stands in every word.
  if (asked.length < 2) return []
  return sections
    .filter((section) => contains(`${t(section.label)}, ${t(section.words)}`, asked))
    .map(({ path, label, group }) => ({
      id: `settings/${path}`,
      label: t(label),
      note: [{ text: t(groupTitles[group]), marked: false }],
      icon: Settings,
      run: () => go(settingsPaths.settings(path)),
    }))
}
