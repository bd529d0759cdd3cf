/**
 * Lets a page live on while a browser translates it. Translation puts `<font>` elements around text nodes, or in their
 * place, and the library that drew the page does not know: it removes what is gone, inserts before it, and changes texts
 * that nobody sees. Here such a call reaches what stands in that place by now; all others are as they were.
 */
export function surviveTranslation(page: Window & typeof globalThis): void {
  const node = page.Node.prototype
  const { removeChild, insertBefore } = node
  /** What translation has put in the place of a text. */
  const standIns = new WeakMap<Node, Node>()
  const watcher = new page.MutationObserver(note)
  watcher.observe(page.document, { childList: true, subtree: true })

  function note(records: readonly MutationRecord[]): void {
    for (const { removedNodes, addedNodes, previousSibling, nextSibling } of records)
      for (const removed of removedNodes) {
        if (!isText(removed) || removed.parentNode) continue
        const font = [...addedNodes, previousSibling, nextSibling].find((other) => other && isFont(other))
        if (font) standIns.set(removed, font)
      }
  }

  function standInOf(text: Node): Node | undefined {
    note(watcher.takeRecords())
    return standIns.get(text)
  }

  /** The child of a parent that a node has become, or null where there is none. */
  function placeOf(parent: Node, child: Node): Node | null {
    let place: Node | null = child.parentNode ? child : (standInOf(child) ?? null)
    while (place && place.parentNode !== parent)
      place = place.parentNode && isFont(place.parentNode) ? place.parentNode : null
    return place
  }

  node.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    if (child.parentNode === this) return removeChild.call(this, child) as Child
    const place = placeOf(this, child)
    if (place) removeChild.call(this, place)
    else if (!isText(child)) removeChild.call(this, child)
    return child
  }

  node.insertBefore = function <Child extends Node>(this: Node, child: Child, before: Node | null): Child {
    if (!before || before.parentNode === this) return insertBefore.call(this, child, before) as Child
    const place = placeOf(this, before)
    return insertBefore.call(this, child, place ?? (isText(before) ? null : before)) as Child
  }

  for (const [of, name] of [
    [page.CharacterData.prototype, 'data'],
    [node, 'nodeValue'],
  ] as const) {
    const known = Object.getOwnPropertyDescriptor(of, name)
    if (!known?.set) continue
    const { set } = known
    Object.defineProperty(of, name, {
      ...known,
      set(this: Node, value: string) {
        if (isText(this) && !this.parentNode) {
          const standIn = standInOf(this)
          // The text comes back in its own language; translation sees that, and goes on from there.
          if (standIn?.parentNode) standIn.parentNode.replaceChild(this, standIn)
        }
        set.call(this, value)
      },
    })
  }
}

function isText(node: Node): boolean {
  return node.nodeType === 3
}

function isFont(node: Node): boolean {
  return node.nodeName === 'FONT'
}
