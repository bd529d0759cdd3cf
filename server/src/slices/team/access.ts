import { demandRight, type OperatorProof, type RightProof } from '../operators/access.ts'

/** That this operator may change the team. */
export type TeamProof = RightProof<'team.manage'>
/** That this operator may see everybody, and who was invited. */
export type TeamReader = RightProof<'team.read'>

/** @throws Failure role.missing */
export const accessTeam = (operator: OperatorProof): TeamProof => demandRight(operator, 'team.manage')

/** @throws Failure role.missing */
export const readTeam = (operator: OperatorProof): TeamReader => demandRight(operator, 'team.read')
