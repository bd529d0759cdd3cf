import { plainTextOf } from '@foyer/contract/rich-text/plain.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import { type Block, isPlain, type RichText, type Run } from '@foyer/contract/rich-text/tree.ts'

/** A node of the editor's document, as its JSON. Each line is a paragraph of its own there. */
export type DocumentNode = {
  type?: string
  attrs?: Record<string, unknown>
  content?: DocumentNode[]
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  text?: string
}

const markNames = { bold: 'bold', italic: 'italic', struck: 'strike', code: 'code' } as const
type MarkName = keyof typeof markNames
const allMarks = Object.keys(markNames) as MarkName[]

/** What the editor says, as it stands: empty lines and space at the ends are kept for whoever goes on writing. */
export function sayingOfDocument(document: DocumentNode): Saying {
  const tree = blocksOf(document.content ?? [])
  const [first] = tree
  if (!isPlain(tree)) return { text: plainTextOf(tree), content: tree }
  return { text: first?.type === 'paragraph' ? first.runs.map(({ text }) => text).join('') : '' }
}

/** The editor's document of what was written. */
export function documentOf({ text, content }: Saying): DocumentNode {
  const blocks = nodesOf(content ?? [{ type: 'paragraph', runs: [{ text }] }])
  return { type: 'doc', content: blocks.length > 0 ? blocks : [{ type: 'paragraph' }] }
}

/** Where the editor has a sign of a plain text: each line is inside a paragraph. */
export function positionIn(text: string, offset: number): number {
  return offset + text.slice(0, offset).split('\n').length
}

function blocksOf(nodes: readonly DocumentNode[]): Block[] {
  const blocks: Block[] = []
  /** Of lines that follow each other: one paragraph. */
  let lines: Run[] | null = null
  for (const node of nodes) {
    if (node.type === 'paragraph') {
      if (lines) lines.push({ text: '\n' }, ...runsOf(node))
      else {
        lines = runsOf(node)
        blocks.push({ type: 'paragraph', runs: lines })
      }
      continue
    }
    lines = null
    const block = blockOf(node)
    if (block) blocks.push(block)
  }
  return blocks
}

function blockOf({ type, attrs, content = [] }: DocumentNode): Block | null {
  if (type === 'codeBlock') return { type: 'code', text: content.map(({ text = '' }) => text).join('') }
  if (type === 'blockquote') return { type: 'quote', blocks: blocksOf(content) }
  const items = content.map((item) => blocksOf(item.content ?? []))
  if (type === 'bulletList') return { type: 'bullets', items }
  if (type !== 'orderedList') return null
  const start = typeof attrs?.start === 'number' ? attrs.start : 1
  return start === 1 ? { type: 'numbers', items } : { type: 'numbers', items, start }
}

function runsOf({ content = [] }: DocumentNode): Run[] {
  return content.map(({ type, text = '', marks = [] }) => {
    const run: Run = { text: type === 'hardBreak' ? '\n' : text }
    for (const mark of allMarks) if (marks.some((one) => one.type === markNames[mark])) run[mark] = true
    const href = marks.find((one) => one.type === 'link')?.attrs?.href
    if (typeof href === 'string') run.link = href
    return run
  })
}

function nodesOf(tree: RichText): DocumentNode[] {
  return tree.flatMap((block): DocumentNode[] => {
    switch (block.type) {
      case 'paragraph':
        return linesOf(block.runs)
      case 'code':
        return [{ type: 'codeBlock', ...holding(textNodes({ text: block.text })) }]
      case 'quote':
        return [{ type: 'blockquote', content: nodesOf(block.blocks) }]
      case 'bullets':
        return [{ type: 'bulletList', content: block.items.map(itemOf) }]
      case 'numbers':
        return [{ type: 'orderedList', attrs: { start: block.start ?? 1 }, content: block.items.map(itemOf) }]
      default:
        // What only a newer version knows.
        return []
    }
  })
}

/** The editor's items begin with a line. */
function itemOf(item: RichText): DocumentNode {
  const content = nodesOf(item)
  return {
    type: 'listItem',
    content: content[0]?.type === 'paragraph' ? content : [{ type: 'paragraph' }, ...content],
  }
}

function linesOf(runs: readonly Run[]): DocumentNode[] {
  const lines: DocumentNode[][] = [[]]
  for (const run of runs)
    for (const [index, text] of run.text.split('\n').entries()) {
      if (index > 0) lines.push([])
      lines.at(-1)?.push(...textNodes({ ...run, text }))
    }
  return lines.map((line) => ({ type: 'paragraph', ...holding(line) }))
}

function holding(content: DocumentNode[]): { content?: DocumentNode[] } {
  return content.length > 0 ? { content } : {}
}

/** The editor has no text without a sign. */
function textNodes(run: Run): DocumentNode[] {
  if (run.text === '') return []
  const marks = [
    ...allMarks.filter((mark) => run[mark]).map((mark) => ({ type: markNames[mark] })),
    ...(run.link === undefined ? [] : [{ type: 'link', attrs: { href: run.link } }]),
  ]
  return [{ type: 'text', text: run.text, ...(marks.length > 0 ? { marks } : {}) }]
}
