import { demandRight, type OperatorProof, type RightProof } from '../operators/access.ts'

/** That this operator may see what roles allow. */
export type RoleReader = RightProof<'team.read'>
/** That this operator may change what roles allow, within what their own allows. */
export type RoleEditor = RightProof<'roles.manage'>

/** @throws Failure role.missing */
export const readRoles = (operator: OperatorProof): RoleReader => demandRight(operator, 'team.read')

/** @throws Failure role.missing */
export const accessRoles = (operator: OperatorProof): RoleEditor => demandRight(operator, 'roles.manage')
