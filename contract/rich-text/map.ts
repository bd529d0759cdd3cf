import type { Block, RichText } from './tree.ts'

/** A tree with other texts in its place; code stays what it is. `change` is given a text as it stands in one look. */
export function mapTexts(tree: RichText, change: (text: string) => string): RichText {
  return tree.map((block): Block => {
    if (block.type === 'code') return block
    if (block.type === 'quote') return { ...block, blocks: mapTexts(block.blocks, change) }
    if (block.type !== 'paragraph')
      return { ...block, items: block.items.map((item) => mapTexts(item, change)) }
    return {
      ...block,
      runs: block.runs.map((run) => (run.code ? run : { ...run, text: change(run.text) })),
    }
  })
}
