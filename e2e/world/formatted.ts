import type { Locator, Page } from 'playwright-core'

/** What is below an element, as it is built, without what only carries it. */
export function shapeOf(box: Locator): Promise<string> {
  return box.evaluate((element) => {
    const shape = (node: Node): string => {
      if (!(node instanceof Element)) return node.textContent ?? ''
      const name = node.tagName.toLowerCase()
      const inside = [...node.childNodes].map(shape).join('')
      if (name === 'br') return ''
      if (name === 'a') return `<a ${node.getAttribute('href')}>${inside}</a>`
      return name === 'code' && node.parentElement?.tagName === 'PRE'
        ? inside
        : `<${name}>${inside}</${name}>`
    }
    return [...element.childNodes].map(shape).join('')
  })
}

/** What was said last in a log, as it is built. */
export const lastSaid = (log: Locator) => shapeOf(log.locator('.rich').last())

/** Where formatted text is written, once what edits it has been loaded. */
export const editor = (page: Page) => page.locator('[contenteditable][role="textbox"]')
