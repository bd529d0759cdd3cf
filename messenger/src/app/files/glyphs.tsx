import type { FileShown } from '@foyer/contract/entries/file.ts'

const paths = {
  close: 'M6 6l12 12M18 6L6 18',
  save: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  text: 'M7 3h7l5 5v13H7zM14 3v5h5M10 13h6M10 17h4',
  risky: 'M7 3h7l5 5v13H7zM14 3v5h5M13 11.5v4M13 18.2v.1',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-2.5 4 3.5M15.5 9.200v.1',
  sound:
    'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  film: 'M4 5h16v14H4zM8.5 5v14M15.5 5v14M4 12h16',
  gone: 'M4 5h16v14H4zM3 3l18 18',
  before: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  larger: 'M11 7.5v7M7.5 11h7M16 16l4.5 4.5M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14z',
  smaller: 'M7.5 11h7M16 16l4.5 4.5M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14z',
} as const

/** A drawing that says nothing by itself; the words stand beside it. */
export function Glyph({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}

const kinds: readonly (readonly [RegExp, keyof typeof paths])[] = [
  [/^image\//, 'picture'],
  [/^video\//, 'film'],
  [/^audio\//, 'sound'],
  [/^text\/|pdf|word|document|presentation|sheet/, 'text'],
]

/** What kind of file it is, at a glance. */
export function FileIcon({ file }: { file: Pick<FileShown, 'type' | 'isRisky'> }) {
  return (
    <Glyph name={file.isRisky ? 'risky' : (kinds.find(([type]) => type.test(file.type))?.[1] ?? 'file')} />
  )
}
