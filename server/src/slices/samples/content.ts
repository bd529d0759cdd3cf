import { german } from './content-de.ts'
import { germanOlder } from './content-de-older.ts'
import { english } from './content-en.ts'
import { englishOlder } from './content-en-older.ts'
import { french } from './content-fr.ts'
import { frenchOlder } from './content-fr-older.ts'
import { regular } from './content-long.ts'
import type { SampleContact, SampleOperator } from './shapes.ts'

/** The made-up shop is the one that the demo shows. */
export const sampleOperators: readonly SampleOperator[] = [
  { key: 'amelie', name: 'Amélie Rousseau', alias: 'Amélie', locale: 'fr' },
  { key: 'jonas', name: 'Jonas Weidner', alias: null, locale: 'de' },
  { key: 'priya', name: 'Priya Natarajan', alias: 'Priya', locale: 'en' },
  { key: 'tom', name: 'Tom Ashworth', alias: null, locale: 'en' },
]

export const sampleContacts: readonly SampleContact[] = [
  regular,
  ...english,
  ...french,
  ...german,
  ...englishOlder,
  ...frenchOlder,
  ...germanOlder,
]
