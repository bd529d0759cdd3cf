import { demandRight, type OperatorProof, type RightProof } from '../operators/access.ts'

/** That this operator may have the sample data created and removed. */
export type SampleProof = RightProof<'samples.manage'>

/** @throws Failure role.missing */
export const accessSample = (operator: OperatorProof): SampleProof => demandRight(operator, 'samples.manage')
