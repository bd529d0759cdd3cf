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

/**
 * How large a tree may be. `values`: how many its JSON may have: arrays, objects, texts and flags. `units`: how long its texts,
 * addresses and names may be together, in UTF-16 units.
 */
export type Bounds = { values: number; units: number }
export const mostValues = 8_000
/** Those of a message; a third of the units would do for the longest one. */
export const messageBounds: Bounds = { values: mostValues, units: 45_000 }
/** What the JSON of a tree has at most, in bytes, its texts in three bytes a unit. */
export const mostBytesOf = ({ values, units }: Bounds): number => 3 * units + 16 * values
export const mostBytes = mostBytesOf(messageBounds)

/** Whether whatever came in, a tree or not, is nested and divided no further than is allowed, and no larger. */
export function isBounded(tree: unknown, most: Bounds = messageBounds): boolean {
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
      if (values + inner.length > most.values) return false
    }
    if (units > most.units) return false
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
