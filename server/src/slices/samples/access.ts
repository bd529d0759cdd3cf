import { type OperatorProof, requireAdmin } from '../operators/access.ts'

declare const proven: unique symbol

/** That this operator may have the sample data created and removed. */
export type SampleProof = {
  readonly [proven]: 'sample'
  readonly organizationId: string
  readonly operatorId: string
}

/** @throws Failure role.missing */
export function accessSample(operator: OperatorProof): SampleProof {
  requireAdmin(operator)
  return { organizationId: operator.organizationId, operatorId: operator.operatorId } as SampleProof
}
