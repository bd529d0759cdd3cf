import type { FileShown } from '@foyer/contract/entries/file.ts'
import type { PublicEntry } from '@foyer/contract/entries.ts'
import type { ErrorCode } from '@foyer/contract/errors.ts'
import { writtenBeside } from '@foyer/contract/file-facts.ts'
import type { PublicMarks } from '@foyer/contract/marks.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { shownAs } from './kinds.ts'

/** A message of ours that the log does not hold yet. */
export type Pending = {
  id: string
  text: string
  files?: readonly FileShown[]
  at: number
  state: 'waiting' | 'sending' | 'failed' | 'sent'
  error?: ErrorCode | 'network'
}

export type MessageLine = {
  kind: 'message'
  key: string
  author: 'me' | 'operator' | 'system'
  name: string | null
  picture: string | null
  text: string
  /** The text with its formatting, where it has any. */
  content: RichText | undefined
  files: readonly FileShown[]
  /** The log does not hold it yet. */
  isPending: boolean
  at: number
  /** First and last of a group: one author, within three minutes. */
  first: boolean
  last: boolean
  /** What became of a message of ours. */
  state: Pending['state'] | 'read' | null
  error: ErrorCode | 'network' | null
  /** There was something here that the other side has deleted. */
  isDeleted: boolean
  /** What was done to it; null while it is on its way. */
  marks: PublicMarks | null
}

/** One thing the log shows, top to bottom. */
export type Line =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'event'; key: string; event: string; name: string | null }
  | MessageLine

const groupMs = 3 * 60_000

/** Lays out a log: what the server holds, then what is still on its way. */
export function layOut(entries: readonly PublicEntry[], pending: readonly Pending[], readTo: number): Line[] {
  const come = whoCame(entries, readTo)
  const lines: Line[] = []
  const held = new Set<string>()
  for (const entry of entries) {
    held.add(entry.id)
    const line = lineOf(entry, { readTo, come })
    if (line) put(lines, line, Date.parse(entry.at))
  }
  for (const item of pending) {
    if (held.has(item.id)) continue
    // One more attempt behind the scenes is no news; while its files are on their way, so is the message.
    const isTrying = item.state === 'sending' || (item.state === 'waiting' && item.files)
    const state = isTrying ? (item.error ? 'waiting' : 'sending') : item.state
    const said = {
      id: item.id,
      text: item.text,
      content: undefined,
      files: item.files ?? [],
      isPending: true,
    }
    put(lines, messageLine(said, item.at, me, state, item.error ?? null), item.at)
  }
  return lines
}

/**
 * The lines that need the name of who wrote them: the first of a group by somebody else than the header names, or than
 * wrote before.
 */
export function namedIn(
  lines: readonly Line[],
  given: { who: string; company: string },
): ReadonlySet<string> {
  const named = new Set<string>()
  let before = given.who
  for (const line of lines) {
    if (line.kind !== 'message' || line.author === 'me') continue
    const name = line.name ?? given.company
    if (line.first && (name !== given.who || name !== before)) named.add(line.key)
    before = name
  }
  return named
}

/**
 * Of the events that gave the conversation to somebody those after which they were really there: they have written before it
 * went on to the next, or have it now and have looked.
 */
function whoCame(entries: readonly PublicEntry[], readTo: number): ReadonlySet<string> {
  const come = new Set<string>()
  let given: PublicEntry | null = null
  for (const entry of entries) {
    const { gives } = shownAs(entry)
    if (gives) given = gives === 'somebody' ? entry : null
    else if (given && entry.kind !== 'event' && entry.author.kind === 'operator') come.add(given.id)
  }
  if (given && readTo >= given.seq) come.add(given.id)
  return come
}

function lineOf(
  entry: PublicEntry,
  { readTo, come }: { readTo: number; come: ReadonlySet<string> },
): Line | null {
  // What only a newer version knows is a message by its text alone.
  const isDeleted = entry.kind === 'deleted'
  if (isDeleted || (entry.kind === 'message' && entry.text !== '')) {
    const isMine = entry.author.kind === 'contact'
    const author = isMine ? 'me' : entry.author.kind === 'operator' ? 'operator' : 'system'
    const state = !isMine ? null : entry.seq <= readTo ? 'read' : 'sent'
    const { name, picture } = entry.author
    const files = filesOf(entry)
    const text = writtenBeside({ text: entry.text, files })
    const said = { id: entry.id, text, content: contentOf(entry), files, isPending: false }
    const line = messageLine(said, Date.parse(entry.at), { author, name, picture }, state, null)
    return { ...line, isDeleted, marks: entry.marks ?? {} }
  }
  const { name: event, isLine, gives } = shownAs(entry)
  if (!isLine || (gives === 'somebody' && !come.has(entry.id))) return null
  const name = entry.body?.operatorName
  return { kind: 'event', key: entry.id, event, name: typeof name === 'string' ? name : entry.author.name }
}

/** The files of a message, of whose body the contract's schema has made sure. */
function filesOf({ body }: PublicEntry): readonly FileShown[] {
  return body?.event === 'written' && body.v === 1 ? ((body.files as FileShown[] | undefined) ?? []) : []
}

/** The formatting of a message, likewise. */
function contentOf({ body }: PublicEntry): RichText | undefined {
  return body?.event === 'written' && body.v === 1 ? (body.content as RichText | undefined) : undefined
}

type By = Pick<MessageLine, 'author' | 'name' | 'picture'>
const me: By = { author: 'me', name: null, picture: null }

function messageLine(
  { id, ...said }: { id: string } & Pick<MessageLine, 'text' | 'content' | 'files' | 'isPending'>,
  at: number,
  by: By,
  state: MessageLine['state'],
  error: MessageLine['error'],
): MessageLine {
  return {
    kind: 'message',
    key: id,
    ...by,
    ...said,
    at,
    first: true,
    last: true,
    state,
    error,
    isDeleted: false,
    marks: null,
  }
}

function put(lines: Line[], line: Line, at: number): void {
  const day = new Date(at).toDateString()
  const lastDay = lines.findLast((other) => other.kind === 'day')
  if (lastDay?.key !== day) lines.push({ kind: 'day', key: day, at })
  const before = lines.at(-1)
  if (line.kind === 'message' && before?.kind === 'message' && isSameGroup(before, line)) {
    before.last = false
    line.first = false
  }
  lines.push(line)
}

function isSameGroup(before: MessageLine, line: MessageLine): boolean {
  return before.author === line.author && before.name === line.name && line.at - before.at < groupMs
}
