import { useMe } from '../../session.ts'
import type { Section } from './section.ts'
import { appearance } from './sections/appearance.ts'
import { files } from './sections/files.ts'
import { macros } from './sections/macros.ts'
import { mail } from './sections/mail.ts'
import { messenger } from './sections/messenger.ts'
import { password } from './sections/password.ts'
import { profile } from './sections/profile.ts'
import { roles } from './sections/roles.ts'
import { sampleData } from './sections/sample-data.ts'
import { sessions } from './sections/sessions.ts'
import { signs } from './sections/signs.ts'
import { team } from './sections/team.ts'

/** The sections of the settings in their order; the first is where one begins. */
export const sections: readonly Section[] = [
  profile,
  password,
  appearance,
  signs,
  sessions,
  team,
  roles,
  macros,
  messenger,
  mail,
  files,
  sampleData,
]

/** Those of the sections that I may see. */
export function useSections(): readonly Section[] {
  const { rights } = useMe()
  return sections.filter(({ needs }) => !needs || rights.includes(needs))
}
