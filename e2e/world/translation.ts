/** Does to a page what a browser's translation does: `<font>` elements around, or in the place of, every text. */
export function translateAsBrowsersDo(how: 'wrap' | 'replace'): void {
  const skip = new Set(['FONT', 'SCRIPT', 'STYLE', 'TITLE', 'TEXTAREA'])
  function translate(text: Node): void {
    const { parentNode, parentElement } = text
    // What somebody writes is left alone, in whichever kind of field.
    if (parentElement?.isContentEditable) return
    if (!parentNode || skip.has(parentNode.nodeName) || !text.textContent?.trim()) return
    const font = document.createElement('font')
    if (how === 'replace') {
      font.textContent = text.textContent
      parentNode.replaceChild(font, text)
    } else {
      parentNode.insertBefore(font, text)
      font.appendChild(text)
    }
  }
  function all(root: Node): void {
    if (root.nodeType === 3) return translate(root)
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const texts: Node[] = []
    while (walker.nextNode()) texts.push(walker.currentNode)
    texts.forEach(translate)
  }
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') translate(target)
      for (const node of addedNodes) if (node.nodeName !== 'FONT') all(node)
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true })
  all(document.body)
}
