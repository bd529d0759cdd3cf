import type { FileLinks } from '@foyer/client/file-links.ts'
import type { LateUploads } from '@foyer/client/late-uploads.ts'
import type { Upload, Uploads } from '@foyer/client/uploads.ts'
import type { FunctionComponent } from 'preact'
import type { MessageLine } from './lines.ts'

/** Everything that is not needed before there is a file: what brings files, where they are, and what shows them. */
export type FilesPart = {
  uploads: Uploads
  links: FileLinks
  /** Why a file was refused, in the words of the language. */
  errorText: (code: NonNullable<Upload['error']>) => string
  /** Files on their way. `remove`, `again`: what is done besides, where they belong to a message. */
  Attached: FunctionComponent<{ items: readonly Upload[]; remove?: (id: string) => void; again?: () => void }>
  /** The files of a message; `by`: who wrote it. */
  MessageFiles: FunctionComponent<{ line: MessageLine; by: string }>
  /** What stands over everything while files are held above it. */
  DropHint: FunctionComponent
}

/** What has to do with files, as far as everybody needs it: the rest comes with the first file. */
export type Files = {
  uploads: LateUploads
  /** Calls back when something about files has changed that is seen. */
  subscribe(listener: () => void): () => void
  /** What shows files; null until it is there. */
  part(): FilesPart | null
}
