import type { fileRefused } from '@foyer/contract/entries/file-refused.ts'

declare module '../../platform/reactions.ts' {
  interface Facts {
    /** Malware was found in what a contact wanted to send; `key` stays the same when it is told again. */
    'file.refused': {
      organizationId: string
      contactId: string
      key: string
      body: ReturnType<typeof fileRefused.body>
    }
  }
}
