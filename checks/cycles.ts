/** The groups of nodes that reach each other (Tarjan), those of one node left out. */
export function cycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []

  function visit(node: string): void {
    order.set(node, order.size)
    low.set(node, order.get(node) as number)
    stack.push(node)
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) {
        visit(next)
        lower(node, low.get(next) as number)
      } else if (stack.includes(next)) lower(node, order.get(next) as number)
    }
    if (low.get(node) !== order.get(node)) return
    const group = stack.splice(stack.indexOf(node))
    if (group.length > 1) found.push(group.sort())
  }
  function lower(node: string, to: number): void {
    low.set(node, Math.min(low.get(node) as number, to))
  }

  for (const node of edges.keys()) if (!order.has(node)) visit(node)
  return found
}
