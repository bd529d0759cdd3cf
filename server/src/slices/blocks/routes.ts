import * as contacts from '@foyer/contract/contacts.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { readContact } from '../contacts/reads.ts'
import { accessBlock } from './access.ts'
import * as actions from './actions.ts'

export function blockRoutes(context: actions.BlockContext): BoundRoute[] {
  return [
    bind(contacts.blockContact, async ({ caller, params, body }) => {
      await actions.blockContact(context, await accessBlock(context, caller, params.contactId), body)
      return readContact(context, caller, params.contactId)
    }),
    bind(contacts.unblockContact, async ({ caller, params }) => {
      await actions.unblockContact(context, await accessBlock(context, caller, params.contactId))
      return readContact(context, caller, params.contactId)
    }),
  ]
}
