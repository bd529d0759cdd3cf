import { linkTarget } from './link-target.ts'
import { isAddress } from './plain.ts'
import { type Mark, marks, type RichText, type Run } from './tree.ts'

/** What the parts of a tree are in HTML, whoever draws them. */
export type Tag = 'p' | 'pre' | 'blockquote' | 'ul' | 'ol' | 'li' | 'a' | (typeof tags)[Mark]
export type Attributes = {
  href?: string
  /** Where a web address leads, if its words say something else. */
  host?: string
  /** The number of the first item. */
  start?: number
}

/** How a tree is drawn: with React, with Preact, as the text of a page. */
export type Pen<Drawn> = {
  element(tag: Tag, attributes: Attributes, children: Drawn[]): Drawn
  /** A stretch of text. `isCode`: what looks like an address in it is none; so it is in what is a link already. */
  text(text: string, place: { isCode: boolean; isLink: boolean }): Drawn
}

const tags = { bold: 'strong', italic: 'em', struck: 's', code: 'code' } as const

/** Draws a tree, each part from its children. Nothing of it is ever HTML: what is text stays text. */
export function drawRichText<Drawn>(tree: RichText, pen: Pen<Drawn>): Drawn[] {
  return tree.map((block) => {
    if (block.type === 'paragraph') return pen.element('p', {}, drawRuns(block.runs, pen))
    if (block.type === 'code')
      return pen.element('pre', {}, [pen.text(block.text, { isCode: true, isLink: false })])
    if (block.type === 'quote') return pen.element('blockquote', {}, drawRichText(block.blocks, pen))
    const items = block.items.map((item) => pen.element('li', {}, drawRichText(item, pen)))
    if (block.type === 'bullets') return pen.element('ul', {}, items)
    return pen.element('ol', block.start === undefined ? {} : { start: block.start }, items)
  })
}

function drawRuns<Drawn>(runs: readonly Run[], pen: Pen<Drawn>): Drawn[] {
  const drawn: Drawn[] = []
  for (let at = 0; at < runs.length; ) {
    const link = runs[at]?.link
    const end = link === undefined ? at + 1 : runs.findIndex((run, index) => index > at && run.link !== link)
    const alike = runs.slice(at, end < 0 ? runs.length : end)
    const target = link === undefined ? null : linkTarget(link)
    const children = alike.map((run) => drawRun(run, pen, target !== null))
    if (target) {
      const words = alike.map(({ text }) => text).join('')
      drawn.push(pen.element('a', attributesOf(target, words), children))
    } else drawn.push(...children)
    at += alike.length
  }
  return drawn
}

function drawRun<Drawn>(run: Run, pen: Pen<Drawn>, isLink: boolean): Drawn {
  return marks
    .filter((mark) => run[mark])
    .reduceRight(
      (inner, mark) => pen.element(tags[mark], {}, [inner]),
      pen.text(run.text, { isCode: run.code === true, isLink }),
    )
}

/** Words that look like an address say the host that they really lead to. */
function attributesOf({ href, host }: { href: string; host?: string }, words: string): Attributes {
  const isMisleading = /[\p{L}\p{N}]\.\p{L}{2}|@|:\/\//u.test(words) && !isAddress(words, href)
  return host !== undefined && isMisleading && !words.toLowerCase().includes(host) ? { href, host } : { href }
}
