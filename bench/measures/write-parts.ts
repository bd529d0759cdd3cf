import type { Client } from 'pg'

/** Something that hangs on a write, and the statement that takes it away. */
export type Part = { name: string; kind: string; remove: string }

const tables = ['conversations', 'entries']

/**
 * All that a message pays for, read from the catalogue, so that what a later feature hangs on it shows by itself: the steps
 * that `after_entry` calls, triggers, indexes, keys to other tables, generated columns, row security.
 */
export async function partsOfWrite(owner: Client): Promise<Part[]> {
  const ask = async (text: string) => (await owner.query<Part>(text, [tables])).rows
  return [
    ...(await steps(owner)),
    ...(await ask(`select t.tgname as name, 'trigger' as kind,
        format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname) as remove
      from pg_trigger t where not t.tgisinternal and t.tgrelid = any ($1::text[]::regclass[]) order by 1`)),
    ...(await ask(`select c.relname as name, 'index' as kind, format('drop index %I', c.relname) as remove
      from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = any ($1::text[]::regclass[]) and not i.indisprimary order by 1`)),
    ...(await ask(`select conname as name, case contype when 'f' then 'foreign key' else 'check' end as kind,
        format('alter table %s drop constraint %I', conrelid::regclass, conname) as remove
      from pg_constraint where contype in ('f', 'c') and conrelid = any ($1::text[]::regclass[]) order by 1`)),
    ...(await ask(`select format('%s.%s', attrelid::regclass, attname) as name, 'generated column' as kind,
        format('alter table %1$s alter %2$I drop expression, alter %2$I drop not null', attrelid::regclass, attname) as remove
      from pg_attribute where attgenerated <> '' and attrelid = any ($1::text[]::regclass[]) order by 1`)),
    ...(await ask(`select 'all tables' as name, 'row security' as kind,
        string_agg(format('alter table %s disable row level security', oid::regclass), ';') as remove
      from pg_class where relrowsecurity and $1::text[] is not null`)),
  ]
}

/** The functions that `after_entry` performs; each is made one that does nothing. */
async function steps(owner: Client): Promise<Part[]> {
  const { rows } = await owner.query<Part>(`
    with calls as (
      select distinct m[1] as name from pg_proc p, regexp_matches(p.prosrc, 'perform (\\w+)\\(', 'g') m
      where p.proname = 'after_entry')
    select p.proname as name, 'step of after_entry' as kind, format(
      'create or replace function %s(%s) returns %s language plpgsql as $do$ begin %s end $do$', p.oid::regproc,
      pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), 'return;') as remove
    from pg_proc p join calls c on c.name = p.proname order by 1`)
  return rows
}
