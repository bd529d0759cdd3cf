import type pg from 'pg'

export type Catalogue = {
  types: { name: string; definition: string }[]
  tables: {
    name: string
    kind: string
    options: string
    columns: { name: string; definition: string }[]
    constraints: { name: string; definition: string }[]
    indexes: string[]
    hasRowSecurity: boolean
    policies: { name: string; definition: string }[]
    grants: string
  }[]
  functions: {
    name: string
    signature: string
    definition: string
    isDefiner: boolean
    settings: string[]
    grants: string
  }[]
}

/** Leaves out what extensions brought. */
const ours = (catalogue: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`

/** Reads what a database consists of, each kind in the order of its names. */
export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const ask = async <Row extends object>(text: string) => (await client.query<Row>(text)).rows
  const types = await ask<Catalogue['types'][number]>(`
    select t.typname as name, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum) as definition
    from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind = 'c' join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where t.typnamespace = 'public'::regnamespace and ${ours('pg_type', 't.oid')} group by t.typname order by t.typname`)
  const tables = await ask<Catalogue['tables'][number]>(`
    select c.relname as name,
      case c.relpersistence when 'u' then 'unlogged table' else 'table' end as kind,
      coalesce(array_to_string(c.reloptions, ', '), '') as options,
      (select json_agg(json_build_object('name', a.attname, 'definition',
          format_type(a.atttypid, a.atttypmod)
          || case when a.attnotnull then ' not null' else '' end
          || case when a.attidentity = 'a' then ' generated always as identity' else '' end
          || case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(f.adbin, f.adrelid) || ') stored'
             when f.adbin is not null then ' default ' || pg_get_expr(f.adbin, f.adrelid) else '' end) order by a.attnum)
        from pg_attribute a left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid)) order by k.contype desc, k.conname)
        from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'), '[]') as constraints,
      coalesce((select json_agg(pg_get_indexdef(i.indexrelid) order by i.indexrelid::regclass::text) from pg_index i
        where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))), '[]') as indexes,
      c.relrowsecurity as "hasRowSecurity",
      coalesce((select json_agg(json_build_object('name', p.polname, 'definition',
          'to ' || (select string_agg(r.rolname, ', ' order by r.rolname) from pg_roles r where r.oid = any (p.polroles))
          || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
          || coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')) order by p.polname)
        from pg_policy p where p.polrelid = c.oid), '[]') as policies,
      coalesce((select string_agg(lower(g.privilege_type), ', ' order by g.privilege_type)
        from aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee where r.rolname = 'foyer_app'), '') as grants
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and ${ours('pg_class', 'c.oid')}
    order by c.relname`)
  const functions = await ask<Catalogue['functions'][number]>(`
    select p.proname as name, p.oid::regprocedure::text as signature, pg_get_functiondef(p.oid) as definition,
      p.prosecdef as "isDefiner", coalesce(p.proconfig, '{}') as settings,
      coalesce((select string_agg(case when g.grantee = 0 then 'public' else g.grantee::regrole::text end, ', ' order by g.grantee)
        from aclexplode(p.proacl) g where g.grantee <> p.proowner), '') as grants
    from pg_proc p where p.pronamespace = 'public'::regnamespace and ${ours('pg_proc', 'p.oid')}
    order by p.proname, signature`)
  return { types, tables, functions }
}

/** The whole schema as text, to be read and compared; it is never executed. */
export function printSchema({ types, tables, functions }: Catalogue): string {
  const blocks = [
    '-- What the migrations make, read from the catalogue of a fresh database. Made by `npm run check -- --fix schema`;\n-- change the migrations, not this file.',
    ...types.map(({ name, definition }) => `create type ${name} as (${definition});`),
    ...tables.map(printTable),
    ...functions.map(({ signature, definition, grants }) =>
      [
        `${definition.trimEnd()};`,
        ...(grants === '' ? [] : [`grant execute on function ${signature} to ${grants};`]),
      ].join('\n'),
    ),
  ]
  return `${blocks.join('\n\n')}\n`
}

function printTable(table: Catalogue['tables'][number]): string {
  const lines = [
    ...table.columns.map(({ name, definition }) => `  ${name} ${definition}`),
    ...table.constraints.map(({ name, definition }) => `  constraint ${name} ${definition}`),
  ]
  return [
    `create ${table.kind} ${table.name} (\n${lines.join(',\n')}\n)${table.options === '' ? '' : ` with (${table.options})`};`,
    ...table.indexes.map((index) => `${index};`),
    ...(table.hasRowSecurity ? [`alter table ${table.name} enable row level security;`] : []),
    ...table.policies.map(({ name, definition }) => `create policy ${name} on ${table.name} ${definition};`),
    ...(table.grants === '' ? [] : [`grant ${table.grants} on ${table.name} to foyer_app;`]),
  ].join('\n')
}
