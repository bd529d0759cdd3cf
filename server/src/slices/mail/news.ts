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
      event: 'address_left' | 'address_proven' | 'address_refused'
      address: string
    }
  }
}

export {}
