import type { Macro, saveMacro as saveRoute } from '@foyer/contract/macros.ts'
import { mostMacros, mostOwnMacros } from '@foyer/contract/macros.ts'
import type { BodyOf } from '@foyer/contract/route.ts'
import type { Publish } from '../../platform/changes.ts'
import type { Database, Transaction } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { OperatorProof } from '../operators/access.ts'
import { accessMacros, type MacroEditor } from './access.ts'
import { type KeptMacro, keptMacro, scopeOf } from './model.ts'
import { macroStatement } from './reads.ts'

export type MacroContext = { database: Database; changes: { publish: Publish<'macros'> } }

/**
 * Creates a macro, or changes one that is still as the caller saw it.
 *
 * @throws Failure role.missing, macro.unknown, macro.changed, macro.shortcut_taken, macro.key_taken, macro.too_many, group.unknown
 */
export async function saveMacro(
  context: MacroContext,
  operator: OperatorProof,
  { from, ...given }: BodyOf<typeof saveRoute>,
): Promise<Macro> {
  const editor = accessMacros(operator, given.audience)
  const { organizationId } = editor
  const macro = keptMacro(given)
  const [saved, before] = await context.database.within(organizationId, async (transaction) => {
    const all = await lockMacros(transaction)
    const known = all.find(({ id }) => id === given.id)
    if (known) requireMine(operator, known)
    if (!known && from > 0) throw new Failure('macro.unknown')
    if (known && known.version !== from) throw new Failure('macro.changed')
    if (given.groupId !== null) await requireGroup(transaction, given.groupId)
    const taken = takenBy(all, macro, editor.operatorId)
    if (taken) {
      const { id: macroId } = taken
      if (taken.what === 'shortcut') throw new Failure('macro.shortcut_taken', { macroId })
      throw new Failure('macro.key_taken', { macroId })
    }
    if (!known && !hasRoom(all, macro.audience, editor.operatorId)) throw new Failure('macro.too_many')
    await writeMacros(transaction, editor, [macro])
    const [row] = await transaction.query<Macro>(macroStatement(organizationId, given.id))
    if (!row) throw new Error('A macro just saved cannot be read.')
    return [row, known] as const
  })
  tell(context, editor, before && before.operatorId === null ? 'everyone' : saved.audience)
  if (before) tell(context, editor, saved.audience)
  return saved
}

/** @throws Failure role.missing, macro.unknown */
export async function removeMacro(
  context: MacroContext,
  operator: OperatorProof,
  macroId: string,
): Promise<void> {
  const { organizationId } = operator
  const removed = await context.database.within(organizationId, async (transaction) => {
    const known = (await lockMacros(transaction)).find(({ id }) => id === macroId)
    if (!known) throw new Failure('macro.unknown')
    requireMine(operator, known)
    await transaction.query({
      text: 'delete from macros where organization_id = $1 and id = $2',
      values: [organizationId, macroId],
    })
    return known
  })
  tell(context, operator, removed.operatorId === null ? 'everyone' : 'me')
}

/** Counts that a message was sent that was made of these; whoever could not use them counts nothing. */
export async function countUse(
  { database }: { database: Database },
  used: { organizationId: string; operatorId: string; macroIds: readonly string[] },
): Promise<void> {
  await database.read(used.organizationId, {
    name: 'count_macro_use',
    text: `update macros set used = used + 1, last_used_at = clock_now()
      where organization_id = $1 and id = any ($2) and (operator_id is null or operator_id = $3)`,
    values: [used.organizationId, used.macroIds, used.operatorId],
  })
}

/** What is there of every macro, as far as others are decided by it. */
export type MacroRow = {
  id: string
  operatorId: string | null
  groupId: string | null
  shortcut: string | null
  key: string | null
  version: number
}

/** All there are, and nobody else changes them until the transaction ends. */
export async function lockMacros(transaction: Transaction): Promise<MacroRow[]> {
  await transaction.query({
    text: `select pg_advisory_xact_lock(hashtextextended('macros/' || $1, 0))`,
    values: [transaction.organizationId],
  })
  return transaction.query<MacroRow>({
    text: `select id, operator_id as "operatorId", group_id as "groupId", lower(shortcut) as shortcut, key, version
      from macros where organization_id = $1`,
    values: [transaction.organizationId],
  })
}

/** Whose a macro that is there is, as `scopeOf` says it of one that is given. */
const scopeOfRow = ({ operatorId, groupId }: MacroRow): string => operatorId ?? groupId ?? 'everyone'

/** Which other one has its shortcut or its key already, among those who may use it. */
export function takenBy(
  all: readonly MacroRow[],
  macro: KeptMacro,
  operatorId: string,
): { what: 'shortcut' | 'key'; id: string } | null {
  const scope = scopeOf(macro, operatorId)
  const shortcut = macro.shortcut?.toLowerCase()
  for (const other of all) {
    if (other.id === macro.id || scopeOfRow(other) !== scope) continue
    if (shortcut !== undefined && other.shortcut === shortcut) return { what: 'shortcut', id: other.id }
    if (macro.key !== null && other.key === macro.key) return { what: 'key', id: other.id }
  }
  return null
}

/** Whether there is room for one more. */
export function hasRoom(
  all: readonly Pick<MacroRow, 'operatorId'>[],
  audience: KeptMacro['audience'],
  operatorId: string,
): boolean {
  if (audience === 'me') return all.filter((each) => each.operatorId === operatorId).length < mostOwnMacros
  return all.filter((each) => each.operatorId === null).length < mostMacros
}

/** Puts macros in place as they are given; how often they were used stays. */
export async function writeMacros(
  transaction: Transaction,
  { organizationId, operatorId }: Pick<MacroEditor, 'organizationId' | 'operatorId'>,
  macros: readonly KeptMacro[],
): Promise<void> {
  await transaction.query({
    text: `insert into macros (organization_id, id, operator_id, group_id, name, shortcut, key, folder, versions, words)
      select $1, m.id, case when m.audience = 'me' then $2::uuid end, m."groupId", m.name, m.shortcut, m.key, m.folder, m.versions, m.words
      from jsonb_to_recordset($3) m (id uuid, audience text, "groupId" uuid, name text, shortcut text, key text, folder text,
        versions jsonb, words text)
      on conflict (organization_id, id) do update set operator_id = excluded.operator_id, group_id = excluded.group_id,
        name = excluded.name, shortcut = excluded.shortcut, key = excluded.key, folder = excluded.folder,
        versions = excluded.versions, words = excluded.words, version = macros.version + 1`,
    values: [organizationId, operatorId, JSON.stringify(macros)],
  })
}

/** Of others' own ones nobody learns that they are there. @throws Failure role.missing, macro.unknown */
function requireMine(operator: OperatorProof, known: MacroRow): void {
  if (known.operatorId !== null && known.operatorId !== operator.operatorId)
    throw new Failure('macro.unknown')
  accessMacros(operator, known.operatorId === null ? 'everyone' : 'me')
}

async function requireGroup(transaction: Transaction, groupId: string): Promise<void> {
  const rows = await transaction.query({
    text: 'select from groups where organization_id = $1 and id = $2 and deleted_at is null',
    values: [transaction.organizationId, groupId],
  })
  if (rows.length === 0) throw new Failure('group.unknown')
}

/** Those whose it is read them again. */
export function tell(
  { changes }: Pick<MacroContext, 'changes'>,
  { organizationId, operatorId }: { organizationId: string; operatorId: string },
  audience: KeptMacro['audience'],
): void {
  changes.publish({ what: 'macros', to: audience === 'me' ? { operatorId } : 'operators', organizationId })
}
