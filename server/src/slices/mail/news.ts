import type { addressLeft } from '@foyer/contract/entries/address-left.ts'
import type { addressProven } from '@foyer/contract/entries/address-proven.ts'
import type { addressRefused } from '@foyer/contract/entries/address-refused.ts'

declare module '../../platform/changes.ts' {
  interface InnerChanges {
    /** These identities, apart by spaces, are the contact's of this id no longer. */
    'contact.parted': { identityIds: string }
  }
}

declare module '../../platform/reactions.ts' {
  interface Facts {
    /** What became of a contact's address, which operators should read; `key` stays the same when it is told again. */
    'contact.addressed': {
      organizationId: string
      contactId: string
      key: string
      body: ReturnType<typeof addressLeft.body | typeof addressProven.body | typeof addressRefused.body>
    }
  }
}
