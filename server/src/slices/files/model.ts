import type { FileShown, Voice } from '@foyer/contract/entries/file.ts'
import type { FileKind } from '@foyer/contract/files.ts'

/** What is found out about a file's content. */
export type Content = { type: string; width?: number; height?: number }

const longestName = 200
const listed = (words: string) => new Set(words.split(' '))

/** What does something when it is opened, by the end of its name: programs, scripts, pages, and what leads to them. */
const riskyNames = listed(
  '7zexe ade adp apk app appimage application appref-ms appx asp aspx asx bas bash bat cer chm class cmd cnt com command cpl crt ' +
    'crx csh deb desktop diagcab dll dmg dylib elf exe fish fxp gadget grp hlp hpj hta htc htm html img inf ins ipa iso isp jar jnlp ' +
    'js jse jsp jspx ksh lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml mjs msc msh msi ' +
    'msix msp mst msu ocx ops osd pcd pht phtml php php3 php4 php5 phar pif pkg pl plg prf prg printerexport ps1 ps1xml ps2 psc1 ' +
    'psd1 psm1 py pyc pyo pyw pyz rb reg rpm run scf scr sct search-ms settingcontent-ms sh shb shs shtml so svg svgz swf sys ' +
    'theme url vb vbe vbp vbs vhd vhdx vsmacros vsw vxd wasm webloc website wml ws wsc wsf wsh xbap xht xhtml xll xml xnk ' +
    'xsl xslt zsh docm dotm xlsm xltm xlam pptm potm ppam ppsm sldm',
)
/** The same by what is in it. */
const riskyTypes = listed(
  'application/x-msdownload application/x-elf application/x-mach-binary application/x-executable application/x-msi ' +
    'application/x-sh application/java-vm application/java-archive application/vnd.android.package-archive application/wasm ' +
    'application/x-shockwave-flash application/x-google-chrome-extension application/x-ms-shortcut application/x-ft-apple.alias application/x-ms-regedit application/x-xpinstall application/x-apple-diskimage ' +
    'application/x-deb application/x-rpm application/vnd.microsoft.portable-executable application/vnd.ms-htmlhelp text/html ' +
    'image/svg+xml application/xml multipart/related text/x-script application/x-iso9660-image application/x-cfb-script ' +
    'application/vnd.ms-word.document.macroenabled.12 application/vnd.ms-excel.sheet.macroenabled.12 ' +
    'application/vnd.ms-powerpoint.presentation.macroenabled.12 application/vnd.ms-powerpoint.slideshow.macroenabled.12 ' +
    'application/vnd.ms-word.template.macroenabled.12 application/vnd.ms-excel.template.macroenabled.12 ' +
    'application/vnd.ms-powerpoint.template.macroenabled.12',
)

/** Types that browsers show or play without running anything of them: these alone are served as what they are. */
const shownTypes: Readonly<Record<string, FileShown['shows']>> = {
  'image/png': 'picture',
  'image/jpeg': 'picture',
  'image/webp': 'picture',
  'image/gif': 'picture',
  'image/avif': 'picture',
  'video/mp4': 'video',
  'video/webm': 'video',
  'video/ogg': 'video',
  'video/quicktime': 'video',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/aac': 'audio',
  'audio/ogg': 'audio',
  'audio/wav': 'audio',
  'audio/flac': 'audio',
  'audio/webm': 'audio',
  'application/pdf': 'file',
}

const namesOf: Readonly<Partial<Record<FileKind, ReadonlySet<string>>>> = {
  picture: listed('png jpg jpeg jpe jfif webp gif avif heic heif bmp tif tiff ico apng'),
  video: listed('mp4 m4v mov webm ogv avi mkv mpg mpeg wmv 3gp'),
  audio: listed('mp3 m4a aac ogg oga opus wav flac weba wma aif aiff amr'),
  document: listed(
    'pdf txt md csv tsv rtf log json yaml yml doc docx odt xls xlsx ods ppt pptx odp pages numbers key epub ics vcf eml msg tex',
  ),
  archive: listed('zip gz tgz tar bz2 xz 7z rar zst lz4 br'),
}

/** Parts of a type's name that say of which kind it is. */
const typesOf: readonly (readonly [FileKind, RegExp])[] = [
  ['picture', /^image\//],
  ['video', /^video\//],
  ['audio', /^audio\//],
  [
    'document',
    /^text\/|\/pdf$|opendocument|openxmlformats|\/rtf$|msword|ms-(excel|powerpoint|outlook)|epub|x-cfb|vcard|calendar|\/json$/,
  ],
  ['archive', /zip|x-(tar|7z|rar|bzip2|xz|gzip|lzip|compress|lz4)|zstd|x-archive/],
]

/**
 * What a file is called from now on: no path, no signs that steer or hide, nothing that a system takes for a device or drops
 * from the end.
 */
export function cleanName(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/^[a-z]:/i, '')
    // Controls, marks of direction, and what has no width.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (plain === '') return 'file'
  const short = shortened(plain)
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(short) ? `_${short}` : short
}

/** Cut in the middle, so that its end still says what it is. */
function shortened(name: string): string {
  if (name.length <= longestName) return name
  const end = /\.[^.]{1,20}$/.exec(name)?.[0] ?? ''
  return `${name
    .slice(0, longestName - end.length)
    .toWellFormed()
    .replace(/\ufffd$/, '')}${end}`
}

/** The end of a name that says what it is, in small letters; empty where there is none. */
function endOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase().trim() ?? ''
}

/** Of which kind a file says to be, by its name: asked before a byte of it has come. */
export function kindByName(name: string): FileKind {
  const end = endOf(name)
  if (riskyNames.has(end)) return 'other'
  for (const [kind, ends] of Object.entries(namesOf)) if (ends.has(end)) return kind as FileKind
  return 'other'
}

/** Of which kind a file is, by what is in it; a risky one is in none of the others. */
export function kindByContent(name: string, { type }: Content): FileKind {
  if (isRisky(name, type)) return 'other'
  return typesOf.find(([, named]) => named.test(type))?.[0] ?? 'other'
}

function isRisky(name: string, type: string): boolean {
  return riskyTypes.has(type) || riskyNames.has(endOf(name))
}

/** What is shown of a file, once it is known what is in it. */
export function shapeOf(file: { id: string; name: string; bytes: number }, content: Content): FileShown {
  const { id, name, bytes } = file
  const { type, width, height } = content
  if (isRisky(name, type)) return { id, name, type, bytes, shows: 'file', isRisky: true }
  const shows = shownTypes[type] ?? 'file'
  // Of a picture whose size cannot be read nothing can be shown.
  if (shows === 'picture' && !(width && height)) return { id, name, type, bytes, shows: 'file' }
  return { id, name, type, bytes, ...(width && height ? { width, height } : {}), shows }
}

/** What is shown of a recording, whose name ends as what it was made into. */
export function recordingShapeOf(
  { id, name, bytes }: { id: string; name: string; bytes: number },
  { type, ms, peaks }: { type: string } & Voice,
): FileShown {
  const named = `${name.replace(/\.[^.]*$/, '')}.${type === 'audio/webm' ? 'weba' : 'm4a'}`
  return { id, name: named, type, bytes, shows: 'audio', voice: { ms, peaks } }
}

/** How a file is handed out: what is not known to be harmless is bytes to be saved, of no type. */
export function servedAs(
  { name, type, isRisky }: Pick<FileShown, 'name' | 'type' | 'isRisky'>,
  { isSaved }: { isSaved: boolean },
): { type: string; disposition: string; isInline: boolean } {
  const isShown = !isRisky && Object.hasOwn(shownTypes, type)
  const isInline = isShown && !isSaved
  return {
    type: isShown ? type : 'application/octet-stream',
    disposition: `${isInline ? 'inline' : 'attachment'}; ${namedInHeader(name)}`,
    isInline,
  }
}

/** A name as RFC 6266 says it: for those who know no more than ASCII, and for all others. */
function namedInHeader(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${exact}`
}

type Sizes = { bytes: number; partBytes: number }

/** The numbers of the parts that a file has, from 0. */
export function partsOf({ bytes, partBytes }: Sizes): number[] {
  return Array.from({ length: Math.ceil(bytes / partBytes) }, (_, part) => part)
}

/** Bytes of one part; null where there is none with this number. */
export function lengthOfPart(upload: Sizes, part: number): number | null {
  if (part * upload.partBytes >= upload.bytes) return null
  return Math.min(upload.partBytes, upload.bytes - part * upload.partBytes)
}

/** The range of bytes that a header asks for; `whole` where it asks for none that we know, null where there is none such. */
export function rangeOf(header: string | null, bytes: number): { from: number; to: number } | 'whole' | null {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!asked || (asked[1] === '' && asked[2] === '')) return 'whole'
  const [first, last] = [asked[1], asked[2]].map((part) => (part === '' ? null : Number(part)))
  if (first === null || first === undefined) {
    const length = Math.min(Number(last), bytes)
    return length === 0 ? null : { from: bytes - length, to: bytes }
  }
  const to = Math.min(bytes, (last ?? bytes - 1) + 1)
  return first < to ? { from: first, to } : first >= bytes ? null : 'whole'
}
