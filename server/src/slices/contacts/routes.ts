import * as contacts from '@foyer/contract/contacts.ts'
import * as mail from '@foyer/contract/mail.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import * as actions from './actions.ts'
import * as reads from './reads.ts'

export function contactRoutes(context: { database: Database }): BoundRoute[] {
  return [
    bind(contacts.readContact, ({ caller, params }) => reads.readContact(context, caller, params.contactId)),
    bind(mail.setMyEmail, async ({ caller, body, reply, count }) => {
      if (!caller.known) throw new Failure('contact.unknown')
      await count([{ rule: 'contact_email', subject: caller.known.contactId }])
      const { isNew } = await actions.setMyEmail(context, caller.known, body.email)
      if (!isNew) reply.repeated()
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
