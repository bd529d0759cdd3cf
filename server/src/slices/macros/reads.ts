import {
  type exportMacros,
  type listMacros as listRoute,
  type Macro,
  mostUsable,
  mostUsableBytes,
  type listUsableMacros as usableRoute,
} from '@foyer/contract/macros.ts'
import type { AnswerOf, QueryOf } from '@foyer/contract/route.ts'
import type { Database, Statement } from '../../platform/db/database.ts'
import { readCursor, writeCursor } from '../../platform/db/keyset.ts'
import type { OperatorProof } from '../operators/access.ts'
import { keepsMacros } from './access.ts'
import { type FileMacro, writeCsv, writeJson } from './files.ts'
import { plainWords } from './model.ts'

type Context = { database: Database }

/** Select list over `macros m`. */
export const macroColumns = `m.id, m.name, m.shortcut, m.key, m.folder, m.group_id as "groupId", m.versions, m.used::int as used,
  case when m.operator_id is not null then 'me' when m.group_id is not null then 'group' else 'everyone' end as audience,
  m.last_used_at as "lastUsedAt", m.version`

/** Those of `macros m` that operator $2 may use. */
const usable = `m.organization_id = $1 and (m.operator_id = $2 or m.operator_id is null and (m.group_id is null or exists (
  select from group_members gm join groups g on g.organization_id = gm.organization_id and g.id = gm.group_id
  where gm.organization_id = $1 and gm.group_id = m.group_id and gm.operator_id = $2 and g.deleted_at is null)))`

/** Those that they see in the list: who keeps macros ($3) those of all groups too, also of groups that are no more. */
const visible = `(${usable} or $3 and m.organization_id = $1 and m.operator_id is null)`

const seen = (operator: OperatorProof) => [
  operator.organizationId,
  operator.operatorId,
  keepsMacros(operator),
]

/** Stands before a place in this list: any text is a name, also the time at which a page of another list ended. */
const orderByName = 1

/** A page of macros by their names. @throws Failure request.invalid for a cursor of another list */
export async function listMacros(
  { database }: Context,
  operator: OperatorProof,
  query: QueryOf<typeof listRoute>,
): Promise<AnswerOf<typeof listRoute>> {
  const [, name, id] = readCursor(
    query.cursor,
    [orderByName, '', '00000000-0000-0000-0000-000000000000'],
    ([order]) => order === orderByName,
  )
  const words = query.search ? plainWords(query.search).split(/\s+/) : []
  const page = await database.read<Macro & { place: string }>(operator.organizationId, {
    name: 'list_macros',
    text: `select ${macroColumns}, lower(m.name) as place from macros m
      where ${visible} and (lower(m.name), m.id) > ($4, $5::uuid)
        and ($6::text is null or m.folder = $6)
        and ($7::text is null or $7 = case when m.operator_id is not null then 'me' when m.group_id is not null then 'group' else 'everyone' end)
        and not exists (select from unnest($8::text[]) w (word) where strpos(m.words, w.word) = 0)
      order by lower(m.name), m.id limit $9`,
    values: [
      ...seen(operator),
      name,
      id,
      query.folder ?? null,
      query.audience ?? null,
      words,
      query.limit + 1,
    ],
  })
  const [all] = await database.read<{ total: number; folders: string[] }>(operator.organizationId, {
    name: 'count_macros',
    text: `select count(*)::int as total, coalesce(array_agg(distinct m.folder order by m.folder) filter (where m.folder is not null), '{}') as folders
      from macros m where ${visible}`,
    values: seen(operator),
  })
  const items = page.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: items.map(({ place: _, ...macro }) => macro),
    next: page.length > query.limit && last ? writeCursor([orderByName, last.place, last.id]) : null,
    total: all?.total ?? 0,
    folders: all?.folders ?? [],
  }
}

/** What an operator may use, as far as it goes: mine, then my groups', then everybody's, each by name. */
export async function listUsableMacros(
  { database }: Context,
  { organizationId, operatorId }: OperatorProof,
): Promise<AnswerOf<typeof usableRoute>> {
  const rows = await database.read<Macro & { fits: boolean }>(organizationId, {
    name: 'list_usable_macros',
    text: `select ${macroColumns}, sum(octet_length(m.versions::text)) over (order by m.operator_id is null, m.group_id is null,
        lower(m.name), m.id) <= ${mostUsableBytes} as fits
      from macros m where ${usable}
      order by m.operator_id is null, m.group_id is null, lower(m.name), m.id limit ${mostUsable + 1}`,
    values: [organizationId, operatorId],
  })
  const items = rows.slice(0, mostUsable).filter(({ fits }) => fits)
  return { items: items.map(({ fits: _, ...macro }) => macro), complete: items.length === rows.length }
}

/** A macro by its id, whoever's it is. */
export function macroStatement(organizationId: string, id: string): Statement {
  return {
    text: `select ${macroColumns} from macros m where m.organization_id = $1 and m.id = $2`,
    values: [organizationId, id],
  }
}

/** All that an operator sees, as a file. */
export async function exportFile(
  { database }: Context,
  operator: OperatorProof,
  { format }: QueryOf<typeof exportMacros>,
): Promise<AnswerOf<typeof exportMacros>> {
  const rows = await database.read<FileMacro>(operator.organizationId, {
    text: `select ${macroColumns}, (select g.name from groups g where g.organization_id = m.organization_id and g.id = m.group_id) as group
      from macros m where ${visible} order by lower(m.name), m.id`,
    values: seen(operator),
  })
  return { text: format === 'csv' ? writeCsv(rows) : writeJson(rows) }
}
