import type { Block, RichText, Run } from './tree.ts'

/**
 * What a tree says as text alone: what is searched, previewed, notified of and read by whoever knows no formatting. Lines of
 * lists have their sign before them, quotes a `>`; an address stands behind the words that lead to it.
 */
export function plainTextOf(tree: RichText): string {
  return linesOf(tree).join('\n')
}

function linesOf(blocks: RichText): string[] {
  return blocks.flatMap((block, index) => {
    const lines = linesOfBlock(block)
    const isNewParagraph = block.type === 'paragraph' && blocks[index - 1]?.type === 'paragraph'
    return isNewParagraph ? ['', ...lines] : lines
  })
}

function linesOfBlock(block: Block): string[] {
  if (block.type === 'paragraph') return said(block.runs).split('\n')
  if (block.type === 'code') return block.text.split('\n')
  if (block.type === 'quote') return linesOf(block.blocks).map((line) => `> ${line}`.trimEnd())
  const first = block.type === 'numbers' ? (block.start ?? 1) : null
  return block.items.flatMap((item, index) => {
    const sign = first === null ? '• ' : `${first + index}. `
    return linesOf(item).map((line, at) =>
      (at === 0 ? sign + line : ' '.repeat(sign.length) + line).trimEnd(),
    )
  })
}

function said(runs: readonly Run[]): string {
  const pieces: string[] = []
  let words = ''
  for (const [index, { text, link }] of runs.entries()) {
    pieces.push(text)
    if (link === undefined) continue
    words += text
    // A link may be of several looks.
    if (runs[index + 1]?.link === link) continue
    if (!isAddress(words, link)) pieces.push(` (${link})`)
    words = ''
  }
  return pieces.join('')
}

/** Whether words are the address that they lead to, as one would write it. */
export function isAddress(words: string, link: string): boolean {
  const plain = (text: string) => text.replace(/^(?:https?:\/\/|mailto:|tel:)/i, '').replace(/\/$/, '')
  return plain(words.trim().toLowerCase()) === plain(link.toLowerCase())
}
