/** A colleague who may be named in a note. */
export type Mentionable = { id: string; name: string }

/** What is being typed behind an @ that stands just before the caret; null where nothing is. */
export function mentionBefore(text: string, caret: number): { start: number; query: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]*)?)$/u.exec(text.slice(0, caret))
  const query = found?.[1]
  return query === undefined ? null : { start: caret - query.length - 1, query }
}

/** Colleagues one of whose names begins like what was typed, whose first name does first; at most six. */
export function mentionable<One extends Mentionable>(operators: readonly One[], query: string): One[] {
  const wanted = plain(query)
  const rank = ({ name }: One) => {
    const whole = plain(name)
    if (whole.startsWith(wanted)) return 0
    return whole.split(/\s+/).some((word) => word.startsWith(wanted)) ? 1 : 2
  }
  return operators
    .map((operator) => ({ operator, rank: rank(operator) }))
    .filter(({ rank }) => rank < 2)
    .sort((a, b) => a.rank - b.rank || a.operator.name.localeCompare(b.operator.name))
    .slice(0, 6)
    .map(({ operator }) => operator)
}

/** Those whose whole name stands behind an @ in a text. Of names that begin alike the longest is meant. */
export function mentionedIn(text: string, operators: readonly Mentionable[]): string[] {
  const names = [...new Set(operators.map(({ name }) => name))]
  const said = new Set(
    pieces(text, names)
      .filter(({ name }) => name !== undefined)
      .map(({ name }) => name),
  )
  return operators.filter(({ name }) => said.has(name)).map(({ id }) => id)
}

/** A text cut at the names it mentions. */
export function pieces(text: string, names: readonly string[]): { text: string; name?: string }[] {
  if (names.length === 0) return [{ text }]
  const longestFirst = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const mention = new RegExp(`(?<![\\p{L}\\p{N}])@(${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  const found: { text: string; name?: string }[] = []
  let from = 0
  for (const match of text.matchAll(mention)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index) })
    found.push({ text: match[0], name: match[1] ?? '' })
    from = match.index + match[0].length
  }
  if (from < text.length) found.push({ text: text.slice(from) })
  return found
}

/** Without accents and capitals. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}
