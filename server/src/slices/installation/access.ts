import { demandRight, type OperatorProof, type RightProof } from '../operators/access.ts'

/** That this operator may change how the product works here, and so may know what is wrong with it. */
export type InstallationReader = RightProof<'widgets.manage'>

/** @throws Failure role.missing */
export const readInstallation = (operator: OperatorProof): InstallationReader =>
  demandRight(operator, 'widgets.manage')
