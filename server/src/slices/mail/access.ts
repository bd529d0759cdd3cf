import { demandRight, type OperatorProof, type RightProof } from '../operators/access.ts'

/** That this operator may see the organization's mail. */
export type MailProof = RightProof<'mail.read'>

/** @throws Failure role.missing */
export const accessMail = (operator: OperatorProof): MailProof => demandRight(operator, 'mail.read')
