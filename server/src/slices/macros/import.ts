import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import {
  type importMacros,
  type Macro,
  type MacroGiven,
  type MacroImport,
  mostMacros,
  mostOwnMacros,
  mostProblemsNamed,
} from '@foyer/contract/macros.ts'
import type { QueryOf } from '@foyer/contract/route.ts'
import type { Transaction } from '../../platform/db/database.ts'
import type { OperatorProof } from '../operators/access.ts'
import { keepsMacros } from './access.ts'
import { lockMacros, type MacroContext, tell, writeMacros } from './actions.ts'
import { type FileRow, readFile } from './files.ts'
import { type KeptMacro, keptMacro, scopeOf } from './model.ts'

type Problem = MacroImport['problems'][number]
type Known = Omit<KeptMacro, 'words'> & { operatorId: string | null }

/** Written by one statement. */
const batch = 500

/**
 * Takes a file of macros in. Rows with something wrong are left out and named; all others come in together. `dry`: nothing is
 * written, the answer is what would be done.
 *
 * @throws Failure macro.file_unreadable
 */
export async function importFile(
  context: MacroContext,
  operator: OperatorProof,
  bytes: Uint8Array,
  { format, dry }: QueryOf<typeof importMacros>,
): Promise<MacroImport> {
  const rows = readFile(bytes, format, randomUUID)
  const result = await context.database.within(operator.organizationId, async (transaction) => {
    const known = await readKnown(transaction)
    const groups = await readGroups(transaction)
    const decided = decideImport(rows, { known, groups, operator, mayKeep: keepsMacros(operator) })
    if (dry === 'false')
      for (let at = 0; at < decided.macros.length; at += batch) {
        await writeMacros(transaction, operator, decided.macros.slice(at, at + batch))
        // Others of this process are served meanwhile.
        await setImmediate()
      }
    return decided
  })
  const { macros, answer } = result
  if (dry === 'false' && macros.length > 0)
    tell(context, operator, macros.every(({ audience }) => audience === 'me') ? 'me' : 'everyone')
  return answer
}

async function readKnown(transaction: Transaction): Promise<Map<string, Known>> {
  await lockMacros(transaction)
  const rows = await transaction.query<Known>({
    text: `select id, name, shortcut, key, folder, operator_id as "operatorId", group_id as "groupId", versions,
        case when operator_id is not null then 'me' when group_id is not null then 'group' else 'everyone' end as audience
      from macros where organization_id = $1`,
    values: [transaction.organizationId],
  })
  return new Map(rows.map((row) => [row.id, row]))
}

/** The groups by their names, without capitals. */
async function readGroups(transaction: Transaction): Promise<Map<string, string>> {
  const rows = await transaction.query<{ id: string; name: string }>({
    text: 'select id, lower(name) as name from groups where organization_id = $1 and deleted_at is null',
    values: [transaction.organizationId],
  })
  return new Map(rows.map(({ id, name }) => [name, id]))
}

type Facts = {
  known: ReadonlyMap<string, Known>
  groups: ReadonlyMap<string, string>
  operator: Pick<OperatorProof, 'operatorId'>
  mayKeep: boolean
}

/** What becomes of each row; of two that want the same shortcut the first has it. */
function decideImport(
  rows: readonly FileRow[],
  { known, groups, operator: { operatorId }, mayKeep }: Facts,
): { macros: KeptMacro[]; answer: MacroImport } {
  const answer: MacroImport = { created: 0, changed: 0, same: 0, wrong: 0, problems: [] }
  const macros: KeptMacro[] = []
  const seen = new Set<string>()
  /** By whom, and what they type or press: which macro. */
  const taken = new Map<string, string>()
  let [own, common] = [0, 0]
  const claims = (scope: string, { shortcut, key }: Pick<MacroGiven, 'shortcut' | 'key'>) => ({
    shortcut: shortcut === null ? null : `${scope} !${shortcut.toLowerCase()}`,
    key: key === null ? null : `${scope} ${key}`,
  })
  for (const macro of known.values()) {
    if (macro.operatorId === operatorId) own++
    if (macro.operatorId === null) common++
    const claimed = claims(scopeOf(macro, macro.operatorId ?? ''), macro)
    for (const claim of Object.values(claimed)) if (claim !== null) taken.set(claim, macro.id)
  }

  function problemOf(given: MacroGiven, before: Known | undefined): Omit<Problem, 'row'> | null {
    if (seen.has(given.id)) return { problem: 'twice', field: 'id' }
    const isOthers = before !== undefined && before.operatorId !== null && before.operatorId !== operatorId
    const isForKeepers = given.audience !== 'me' || (before !== undefined && before.operatorId === null)
    if (isOthers || (isForKeepers && !mayKeep)) return { problem: 'not_allowed', field: 'audience' }
    const claimed = claims(scopeOf(given, operatorId), given)
    const clashes = (claim: string | null) => claim !== null && (taken.get(claim) ?? given.id) !== given.id
    if (clashes(claimed.shortcut)) return { problem: 'shortcut_taken', field: 'shortcut' }
    if (clashes(claimed.key)) return { problem: 'key_taken', field: 'key' }
    const isFull = given.audience === 'me' ? own >= mostOwnMacros : common >= mostMacros
    if (!before && isFull) return { problem: 'too_many', field: null }
    for (const claim of Object.values(claimed)) if (claim !== null) taken.set(claim, given.id)
    return null
  }

  function refuse(problem: Problem): void {
    answer.wrong++
    if (answer.problems.length < mostProblemsNamed) answer.problems.push(problem)
  }

  for (const each of rows) {
    const { row } = each
    if ('field' in each) {
      refuse({ row, problem: 'shape', field: each.field })
      continue
    }
    const groupId = each.group === null ? null : (groups.get(each.group.toLowerCase()) ?? null)
    if (each.group !== null && groupId === null) {
      refuse({ row, problem: 'group_unknown', field: 'group' })
      continue
    }
    const given: MacroGiven = { ...each.given, groupId }
    const before = known.get(given.id)
    const kept = keptMacro(given)
    if (before && isSame(before, kept) && !seen.has(given.id)) {
      seen.add(given.id)
      answer.same++
      continue
    }
    const problem = problemOf(given, before)
    if (problem) {
      refuse({ row, ...problem })
      continue
    }
    seen.add(given.id)
    macros.push(kept)
    if (before) answer.changed++
    else {
      answer.created++
      if (given.audience === 'me') own++
      else common++
    }
  }
  return { macros, answer }
}

function isSame(before: Known, macro: KeptMacro): boolean {
  const said = ({ name, shortcut, key, folder, audience, groupId, versions }: Macro | Known | KeptMacro) =>
    JSON.stringify([
      ...[name, shortcut, key, folder, audience, groupId],
      ...Object.entries(versions)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([locale, version]) => [locale, version?.text, ordered(version?.content)]),
    ])
  return said(before) === said(macro)
}

/** JSON with the keys of each object in their order: the database keeps them in one of its own. */
function ordered(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
        : inner,
    ) ?? ''
  )
}
