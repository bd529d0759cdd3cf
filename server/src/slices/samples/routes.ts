import * as contract from '@foyer/contract/organizations.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { accessSample } from './access.ts'
import { createSample, removeSample, type SampleContext } from './actions.ts'
import { readSample } from './reads.ts'

export function sampleRoutes(context: SampleContext): BoundRoute[] {
  return [
    bind(contract.readSample, ({ caller }) => readSample(context, caller)),
    bind(contract.createSample, ({ caller }) => createSample(context, accessSample(caller))),
    bind(contract.removeSample, ({ caller }) => removeSample(context, accessSample(caller))),
  ]
}
