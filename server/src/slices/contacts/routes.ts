import * as contacts from '@foyer/contract/contacts.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import type { Database } from '../../platform/db/database.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import * as reads from './reads.ts'

export function contactRoutes(context: { database: Database }): BoundRoute[] {
  return [
    bind(contacts.readContact, ({ caller, params }) => reads.readContact(context, caller, params.contactId)),
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
