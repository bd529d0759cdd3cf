import type { MacroAudience } from '@foyer/contract/macros.ts'
import { demandRight, type OperatorProof } from '../operators/access.ts'

declare const proven: unique symbol

/** That an operator may make, change and remove macros of an audience. */
export type MacroEditor = {
  readonly [proven]: 'macros'
  readonly organizationId: string
  readonly operatorId: string
}

/** What is mine is mine to change; what is others' too needs a right. */
const needsRight = (audience: MacroAudience) => audience !== 'me'

/** @throws Failure role.missing */
export function accessMacros(operator: OperatorProof, audience: MacroAudience): MacroEditor {
  if (needsRight(audience)) demandRight(operator, 'macros.manage')
  const { organizationId, operatorId } = operator
  return { organizationId, operatorId } as MacroEditor
}

/** Whether this operator keeps the macros of everybody and of all groups, and so sees them all. */
export const keepsMacros = (operator: OperatorProof): boolean => operator.rights.has('macros.manage')
