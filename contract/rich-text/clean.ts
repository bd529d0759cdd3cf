import { cleanSigns } from '../written.ts'
import { linkTarget } from './link-target.ts'
import { type Block, marks, type RichText, type Run } from './tree.ts'

/** The longest address of a link. */
const longestAddress = 2_000

/**
 * A tree as it is kept, by which two that say the same are the same: nothing is empty, neighbouring runs of one look are one,
 * so are paragraphs, with a blank line between; addresses that we do not trust are gone, their text stays.
 */
export function cleanRichText(tree: RichText): Block[] {
  const kept: Block[] = []
  /** Of paragraphs beside each other what they hold, until something else follows. */
  let runs: Run[] = []
  const close = () => {
    if (runs.length > 0) kept.push({ type: 'paragraph', runs: mergeRuns(runs) })
    runs = []
  }
  for (const block of tree) {
    if (block.type === 'paragraph') {
      const own = trimRuns(mergeRuns(block.runs))
      if (own.length > 0 && runs.length > 0) runs.push({ text: '\n\n' })
      runs.push(...own)
      continue
    }
    const cleaned = cleanBlock(block)
    if (!cleaned) continue
    close()
    kept.push(cleaned)
  }
  close()
  return kept
}

/** Whether two trees say the same. */
export function isSameRichText(one: RichText | undefined, other: RichText | undefined): boolean {
  return JSON.stringify(cleanRichText(one ?? [])) === JSON.stringify(cleanRichText(other ?? []))
}

function cleanBlock(block: Exclude<Block, { type: 'paragraph' }>): Block | null {
  if (block.type === 'code') {
    const text = cleanSigns(block.text)
    const [from, to] = bodyOf(text)
    return from < to ? { type: 'code', text: text.slice(from, to) } : null
  }
  if (block.type === 'quote') {
    const blocks = cleanRichText(block.blocks)
    return blocks.length > 0 ? { type: 'quote', blocks } : null
  }
  const items = block.items.map(cleanRichText).filter((item) => item.length > 0)
  if (items.length === 0) return null
  if (block.type === 'bullets') return { type: 'bullets', items }
  const { start = 1 } = block
  return start === 1 ? { type: 'numbers', items } : { type: 'numbers', items, start }
}

/** Neighbours of one look as one, each with its looks in the same order, without those that hold nothing. */
function mergeRuns(runs: readonly Run[]): Run[] {
  const merged: { look: string; run: Run; texts: string[] }[] = []
  for (const given of runs) {
    const text = cleanSigns(given.text)
    if (text === '') continue
    const run: Run = { text }
    for (const mark of marks) if (given[mark]) run[mark] = true
    const target = given.link === undefined ? null : linkTarget(given.link)
    if (target && target.href.length <= longestAddress) run.link = target.href
    const look = JSON.stringify({ ...run, text: '' })
    const last = merged.at(-1)
    if (last?.look === look) last.texts.push(text)
    else merged.push({ look, run, texts: [text] })
  }
  return merged.map(({ run, texts }) => ({ ...run, text: texts.join('') }))
}

/** Without the blank lines before and the space after what there is to see. */
function trimRuns(runs: readonly Run[]): Run[] {
  const [from, to] = bodyOf(runs.map(({ text }) => text).join(''))
  const kept: Run[] = []
  let at = 0
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, from - at), Math.max(0, to - at))
    if (text !== '') kept.push({ ...run, text })
    at += run.text.length
  }
  return kept
}

/** From where to where a cleaned text goes, as `cleanText` keeps it. */
function bodyOf(text: string): [from: number, to: number] {
  return [/^(?:[^\S\n]*\n)*/.exec(text)?.[0].length ?? 0, text.trimEnd().length]
}
