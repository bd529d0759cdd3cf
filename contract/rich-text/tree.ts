/*
 * Formatted text: a small tree, never HTML. What each part looks like is for whoever shows it.
 */

/** A stretch of text in one look; a line break is a `\n` in it. */
export type Run = {
  text: string
  bold?: true | undefined
  italic?: true | undefined
  struck?: true | undefined
  code?: true | undefined
  /** Where it leads: http, https, mailto or tel. */
  link?: string | undefined
}

/** The looks that a run may have beside leading somewhere, from the outermost. */
export const marks = ['bold', 'italic', 'struck', 'code'] as const
export type Mark = (typeof marks)[number]

export type Block =
  | { type: 'paragraph'; runs: readonly Run[] }
  | { type: 'code'; text: string }
  | { type: 'quote'; blocks: RichText }
  | { type: 'bullets'; items: readonly RichText[] }
  /** `start`: the number of the first item, where it is not 1. */
  | { type: 'numbers'; items: readonly RichText[]; start?: number | undefined }

export type RichText = readonly Block[]

/**
 * How deep arrays and objects may be nested: five lists within each other, which is as deep as a request may be. Whoever walks a
 * tree may call itself, then.
 */
export const deepest = 19
/** How many values its JSON may have: arrays, objects, texts and flags. */
export const mostValues = 8_000
/** How long its texts, addresses and names may be together, in UTF-16 units; a third of it would do for the longest message. */
const mostUnits = 45_000
/** What its JSON has at most, in bytes, its texts in three bytes a unit. */
export const mostBytes = 3 * mostUnits + 16 * mostValues

/** Whether whatever came in, a tree or not, is nested and divided no further than is allowed, and no larger. */
export function isBounded(tree: unknown): boolean {
  let level: unknown[] = [tree]
  let values = 0
  let units = 0
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length
    const inner: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string') units += value.length
      if (typeof value !== 'object' || value === null) continue
      if (depth >= deepest) return false
      for (const one of Object.values(value)) inner.push(one)
      if (values + inner.length > mostValues) return false
    }
    if (units > mostUnits) return false
    level = inner
  }
  return true
}

/** Whether it says nothing that a text would not say. */
export function isPlain(tree: RichText): boolean {
  return tree.every(
    (block) =>
      block.type === 'paragraph' &&
      block.runs.every((run) => run.link === undefined && marks.every((mark) => !run[mark])),
  )
}
