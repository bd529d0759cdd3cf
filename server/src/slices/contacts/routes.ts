import * as contacts from '@foyer/contract/contacts.ts'
import * as mail from '@foyer/contract/mail.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import type { Tell } from '../../platform/reactions.ts'
import * as actions from './actions.ts'
import * as reads from './reads.ts'

export type ContactRoutesContext = { database: Database; tell: Tell }

export function contactRoutes(context: ContactRoutesContext): BoundRoute[] {
  return [
    bind(contacts.readContact, ({ caller, params }) => reads.readContact(context, caller, params.contactId)),
    bind(mail.setMyEmail, async ({ caller, body, reply, count }) => {
      if (!caller.known) throw new Failure('contact.unknown')
      await count([{ rule: 'contact_email', subject: caller.known.contactId }])
      if (!(await actions.leaveAddress(context, caller.known, body.email))) reply.repeated()
      return {}
    }),
    bind(
      messenger.readUnread,
      async ({ params }) => ({ unread: await reads.readUnread(context, params.badge) }),
      {
        // The loader asks from the customer's site.
        anyOrigin: true,
        uses: ({ request }) => [{ rule: 'unread_address', subject: addressPrefix(request.ip) }],
      },
    ),
  ]
}
