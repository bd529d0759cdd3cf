import { writeFileSync } from 'node:fs'
import pg from 'pg'
import { migrate } from '../server/src/platform/db/migrate.ts'
import { startScratchPostgres } from '../server/src/platform/postgres/scratch.ts'
import { type Catalogue, printSchema, readCatalogue } from './catalogue.ts'
import type { Check } from './check.ts'
import { read, root } from './files.ts'

const file = 'server/schema.sql'

/** Functions that see more than one organization; the migration says of each why. */
const seesAll = [
  'claim_jobs',
  'contact_by_hash',
  'conversations_since',
  'demo_widget_color',
  'demo_widget_key',
  'identity_by_hash',
  'next_job_due',
  'operator_by_email',
  'organizations_exist',
  'search_catch_up',
  'search_conversations',
  'session_by_hash',
  'sweep_processes',
  'invitation_by_hash',
  'invitation_of_link',
  'account_of_link',
  'account_of_address',
  'installation_owners',
  'front_organization',
  'sweep_account_links',
  'left_conversations',
  'due_conversations',
  'due_follow_ups',
  'due_file_removals',
  'upload_of_token',
  'sweep_files',
  'forsaken_conversations',
  'operators_with_room',
  'picture_by_key',
  'operator_of_session',
  'operator_of_ticket',
  'sweep_sessions',
  'take_socket_ticket',
  'due_unread_mails',
  'mail_link_by_hash',
  'mail_link_facts',
  'parted_by_hash',
  'press_mail_link',
  'refuse_mail_link',
  'spent_mail_link',
  'sweep_mail_links',
  'sweep_addresses',
  'unread_by_badge',
  'use_mail_link',
  'widget_by_key',
]

/** Functions that write for the one organization they are given, which each of their statements names (decision 030). */
const writesForOne = ['begin_conversation', 'files_sent', 'record_entry', 'record_note']

const definersKnown = [...seesAll, ...writesForOne]

export const schema: Check = {
  name: 'schema',
  why: 'The whole schema can be read in one file, and no table is forgotten by the walls between organizations or by erasure. `npm run check -- --fix schema` writes the file anew.',
  waits: true,
  async run() {
    const catalogue = await freshCatalogue()
    return [
      ...(readIfThere() === printSchema(catalogue) ? [] : [`${file} is not what the migrations make`]),
      ...forgotten(catalogue),
    ]
  },
  async fix() {
    writeFileSync(root + file, printSchema(await freshCatalogue()))
  },
}

let fresh: Promise<Catalogue> | undefined

/** What the migrations make of an empty database. */
function freshCatalogue(): Promise<Catalogue> {
  fresh ??= (async () => {
    process.env.FOYER_TEST_FSYNC ??= 'off'
    const scratch = await startScratchPostgres()
    try {
      await migrate(scratch.url, { allowUnsafe: true })
      const client = new pg.Client({ connectionString: scratch.url })
      await client.connect()
      try {
        return await readCatalogue(client)
      } finally {
        await client.end()
      }
    } finally {
      await scratch.stop()
    }
  })()
  return fresh
}

function readIfThere(): string | null {
  try {
    return read(file)
  } catch {
    return null
  }
}

/** What the walls between organizations, or erasure, leave out. */
export function forgotten({ tables, functions }: Catalogue): string[] {
  const erasure = functions.find(({ name }) => name === 'erase_contact')?.definition ?? ''
  const columnsOf = (table: Catalogue['tables'][number]) => table.columns.map(({ name }) => name)
  const definers = functions.filter(({ isDefiner }) => isDefiner)
  return [
    ...tables
      .filter((table) => columnsOf(table).includes('organization_id') || table.name === 'organizations')
      .filter((table) => !table.hasRowSecurity || table.policies.length === 0)
      .map((table) => `${table.name} belongs to organizations and has no row-level security with a policy`),
    ...tables
      .filter(
        (table) =>
          table.name === 'presence' ||
          columnsOf(table).some((name) => /^(contact|conversation)_id$/.test(name)),
      )
      .filter(({ name }) => !new RegExp(`delete from ${name}\\b`).test(erasure))
      .map(
        ({ name }) => `${name} has a contact's or a conversation's key, and erase_contact does not name it`,
      ),
    ...definers
      .filter(({ name }) => !definersKnown.includes(name))
      .map(({ name }) => `${name} is SECURITY DEFINER and not on the list in checks/schema.ts`),
    ...definers
      .filter(({ settings }) => !settings.some((setting) => setting.startsWith('search_path=')))
      .map(({ name }) => `${name} is SECURITY DEFINER and does not set its search_path`),
    ...definersKnown
      .filter((name) => !definers.some((definer) => definer.name === name))
      .map((name) => `${name} is on the list in checks/schema.ts and is no SECURITY DEFINER function`),
  ]
}
