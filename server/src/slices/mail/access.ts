import { type OperatorProof, requireAdmin } from '../operators/access.ts'

declare const proven: unique symbol

/** That this operator may see the organization's mail. */
export type MailProof = {
  readonly [proven]: 'mail'
  readonly organizationId: string
  readonly operatorId: string
}

/** @throws Failure role.missing */
export function accessMail(operator: OperatorProof): MailProof {
  requireAdmin(operator)
  return { organizationId: operator.organizationId, operatorId: operator.operatorId } as MailProof
}
