import type { FileShown } from '@foyer/contract/entries/file.ts'
import {
  Archive,
  File,
  FileText,
  FileWarning,
  Film,
  Image,
  type LucideIcon,
  Music,
  Sheet,
} from 'lucide-react'

type Kind = Pick<FileShown, 'type' | 'isRisky'>

const icons: readonly (readonly [RegExp, LucideIcon])[] = [
  [/^image\//, Image],
  [/^video\//, Film],
  [/^audio\//, Music],
  [/zip|compressed|x-(tar|rar|7z|gzip)/, Archive],
  [/spreadsheet|excel|csv/, Sheet],
  [/^text\/|pdf|word|document|presentation/, FileText],
]

/** What kind of file it is, at a glance; the words stand beside it. */
export function FileIcon({ file, size = 18 }: { file: Kind; size?: number }) {
  const Icon = file.isRisky ? FileWarning : (icons.find(([type]) => type.test(file.type))?.[1] ?? File)
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" />
}
