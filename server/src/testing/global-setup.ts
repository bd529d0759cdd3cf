import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openLogin } from '../platform/db/login.ts'
import { migrate } from '../platform/db/migrate.ts'
import { startScratchPostgres } from '../platform/postgres/scratch.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test databases are made, and from what. */
    cluster: { url: string; login: string; template: string }
  }
}

/**
 * One cluster for all tests of a run, with a migrated template that test databases are copied from. TEST_DATABASE_URL
 * names another cluster, with an owner who may create databases.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What tests write may be lost.
  process.env.FOYER_TEST_FSYNC ??= 'off'
  const given = process.env.TEST_DATABASE_URL
  const scratch = given ? null : await startScratchPostgres()
  const url = given ?? (scratch as { url: string }).url
  const template = `foyer_template_${process.pid}`
  await ask(url, `create database ${template} encoding 'UTF8' template template0`)
  const templateUrl = withDatabase(url, template)
  await migrate(templateUrl, { allowUnsafe: true })
  await ask(templateUrl, testClock)
  const login = await openLogin(templateUrl)
  if (login.reason) throw login.reason
  project.provide('cluster', { url, login: login.url, template })
  return async () => {
    await ask(url, `drop database if exists ${template} with (force)`)
    await scratch?.stop()
  }
}

/** The address of another database of the same cluster. */
export function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** Runs statements as the owner, on a connection of their own. */
export async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The clock of all decisions, with hands that a test can move. */
const testClock = `
  create table test_clock (offset_ms bigint not null);
  insert into test_clock values (0);
  grant select on test_clock to foyer_app;
  create or replace function clock_now() returns timestamptz language sql volatile
    as 'select clock_timestamp() + (select offset_ms from public.test_clock) * interval ''1 millisecond''';`
