import { type OperatorProof, requireAdmin } from '../operators/access.ts'

declare const proven: unique symbol

/** That this operator may change the team. */
export type TeamProof = {
  readonly [proven]: 'team'
  readonly organizationId: string
  readonly operatorId: string
}

/** @throws Failure role.missing */
export function accessTeam(operator: OperatorProof): TeamProof {
  requireAdmin(operator)
  return { organizationId: operator.organizationId, operatorId: operator.operatorId } as TeamProof
}
