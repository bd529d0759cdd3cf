/** The longest HTML that is looked at; of what is longer the text alone is taken. */
const longestHtml = 1_000_000

/**
 * What was copied elsewhere, as the editor can read it: Word says of a paragraph by its style that it is an item of a list. It is
 * read in a document of its own, in which nothing runs and nothing is loaded.
 */
export function tidyHtml(html: string): string {
  if (html.length > longestHtml) return textOf(html)
  if (!/mso-list|<h[1-6]\b/i.test(html)) return html
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const strong = document.createElement('strong')
    strong.append(...heading.childNodes)
    const line = document.createElement('p')
    line.append(strong)
    heading.replaceWith(line)
  }
  for (const item of body.querySelectorAll<HTMLElement>('p[style*="mso-list"]')) listItem(item)
  return body.innerHTML
}

/** Makes a paragraph of Word's an item, of the list that was begun before it if it follows one. */
function listItem(paragraph: HTMLElement): void {
  const marker = paragraph.querySelector('[style*="mso-list"]')
  const isNumbered = /^\s*[\p{L}\p{N}]+[.)]/u.test(marker?.textContent ?? '')
  marker?.remove()
  const tag = isNumbered ? 'OL' : 'UL'
  const before = paragraph.previousElementSibling
  const list = before?.tagName === tag ? before : document.createElement(tag)
  const item = document.createElement('li')
  const line = document.createElement('p')
  line.append(...paragraph.childNodes)
  item.append(line)
  if (list === before) paragraph.remove()
  else paragraph.replaceWith(list)
  list.append(item)
}

function textOf(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const line = document.createElement('p')
  line.textContent = body.textContent
  return line.outerHTML
}
