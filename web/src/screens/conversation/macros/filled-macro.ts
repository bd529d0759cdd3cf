import type { Head } from '@foyer/contract/conversations.ts'
import type { Macro, MacroVersion } from '@foyer/contract/macros.ts'
import type { Me } from '@foyer/contract/operators.ts'
import {
  fillPlaceholders,
  type PlaceholderField,
  type PlaceholderValues,
} from '@foyer/contract/placeholders.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type { Widget } from '@foyer/contract/widgets.ts'

const locales: readonly Locale[] = ['en', 'fr', 'de']

/** What a macro says to a contact: in their language, else in that of their messenger, else in any it has. */
function versionFor(
  { versions }: Pick<Macro, 'versions'>,
  wanted: readonly (Locale | null | undefined)[],
): { locale: Locale; version: MacroVersion } | null {
  for (const locale of [...wanted, ...locales]) {
    const version = locale && versions[locale]
    if (version) return { locale, version }
  }
  return null
}

/** Where a macro is said: of whom and by whom it may speak. */
export type Setting = { head: Head; me: Me; widget: Widget | undefined; now: number }

/** A macro as it stands in the field: in its language, with what is known put in. */
export function filledMacro(
  macro: Macro,
  { head, me, widget, now }: Setting,
): { saying: Saying; unfilled: PlaceholderField[] } {
  const chosen = versionFor(macro, [head.contact.locale, widget?.locale])
  if (!chosen) return { saying: { text: '' }, unfilled: [] }
  const { contact, subject } = head
  const facts = { me, now, contact, subject, messenger: widget?.name ?? null }
  return fillPlaceholders(chosen.version, valuesOf(facts, chosen.locale))
}

type Facts = Pick<Setting, 'me' | 'now'> & {
  contact: Pick<Head['contact'], 'name' | 'email' | 'locale'>
  subject: string | null
  messenger: string | null
}

function valuesOf({ contact, subject, messenger, me, now }: Facts, locale: Locale): PlaceholderValues {
  const { name, email, locale: spoken } = contact
  const operator = me.alias ?? me.name
  return {
    'contact.name': name,
    'contact.first_name': firstOf(name),
    'contact.email': email,
    'contact.language': spoken && (new Intl.DisplayNames(locale, { type: 'language' }).of(spoken) ?? null),
    'operator.name': operator,
    'operator.first_name': firstOf(operator),
    'organization.name': me.organizationName,
    'conversation.subject': subject,
    'conversation.messenger': messenger,
    date: new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(now),
    time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(now),
  }
}

/** What placeholders stand for where there is no conversation: somebody made up, who left an address. */
export function exampleValues({ me, now }: Pick<Setting, 'me' | 'now'>, locale: Locale): PlaceholderValues {
  const contact = { name: 'Alex Martin', email: 'alex.martin@example.com', locale }
  return valuesOf({ contact, subject: null, messenger: me.organizationName, me, now }, locale)
}

/** A first name, of whoever has a name in two words or more; of others the whole. */
function firstOf(name: string | null): string | null {
  return name?.trim().split(/\s+/u)[0] || null
}
