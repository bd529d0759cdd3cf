/** The longest HTML that is looked at; of what is longer the text alone is taken. */
const longestHtml = 1_000_000

/** The name under which styles are looked at. */
const style = 'data-style'

/** What the policy of the page refuses, and says so for each: it is put under another name before it is read. */
const refused = /([\s"'/])(style|on[a-z]+)\s*=/gi

/**
 * What was copied elsewhere, as the editor can read it: Docs and Word say by styles what is bold, and what is an item of a list.
 * It is read in a document of its own, in which nothing runs and nothing is loaded.
 */
export function tidyHtml(html: string): string {
  const quiet = html
    .replace(/<(\/?)style\b/gi, '<$1template')
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(refused, '$1data-$2='))
  const { body } = new DOMParser().parseFromString(quiet, 'text/html')
  if (html.length > longestHtml) return lineOf(body.textContent).outerHTML
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const line = lineOf('')
    line.append(within('strong', heading))
    heading.replaceWith(line)
  }
  for (const item of body.querySelectorAll(`p[${style}*="mso-list"]`)) listItem(item)
  for (const element of body.querySelectorAll(`[${style}]`)) {
    const said = element.getAttribute(style) ?? ''
    if (element.matches('b, strong') && /font-weight:\s*(?:normal|400)/i.test(said))
      element.replaceWith(...element.childNodes)
    else if (element.matches('span, a'))
      for (const [tag, look] of looks) if (look.test(said)) element.replaceChildren(within(tag, element))
  }
  return body.innerHTML
}

const looks = [
  ['strong', /font-weight:\s*(?:bold|[6-9]00)/i],
  ['em', /font-style:\s*italic/i],
  ['s', /text-decoration[a-z-]*:[^;]*line-through/i],
] as const

function within(tag: string, element: Element): HTMLElement {
  const made = document.createElement(tag)
  made.append(...element.childNodes)
  return made
}

function lineOf(text: string | null): HTMLElement {
  const line = document.createElement('p')
  line.textContent = text
  return line
}

/** Makes a paragraph of Word's an item, of the list that was begun before it if it follows one. */
function listItem(paragraph: Element): void {
  const marker = paragraph.querySelector(`[${style}*="mso-list"]`)
  const isNumbered = /^\s*[\p{L}\p{N}]+[.)]/u.test(marker?.textContent ?? '')
  marker?.remove()
  const tag = isNumbered ? 'OL' : 'UL'
  const before = paragraph.previousElementSibling
  const list = before?.tagName === tag ? before : document.createElement(tag)
  const item = document.createElement('li')
  item.append(within('p', paragraph))
  if (list === before) paragraph.remove()
  else paragraph.replaceWith(list)
  list.append(item)
}
