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
 * How deep arrays and objects may be nested: eight lists within each other. Whoever walks a tree may call itself, then.
 */
export const deepest = 28
/** How many arrays and objects a tree may have. */
export const mostParts = 10_000

/** Whether whatever came in, a tree or not, is nested and divided no further than is allowed. */
export function isBounded(value: unknown): boolean {
  let level: unknown[] = [value]
  let parts = 0
  for (let depth = 0; level.length > 0; depth++) {
    const containers = level.filter((each) => typeof each === 'object' && each !== null)
    parts += containers.length
    if (parts > mostParts || (depth >= deepest && containers.length > 0)) return false
    level = containers.flatMap((each) => Object.values(each as object))
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
