import type { Readable, Reader } from './kind.ts'

/** Who did it, as texts choose by it: `me`, a name, or `unknown`. */
export function byOf({ actor }: Pick<Readable, 'actor'>, reader: Reader): string {
  return isMine({ actor }, reader) ? 'me' : nameOfActor({ actor }, reader) || 'unknown'
}

/** Whether it is the reader's own doing. */
export function isMine({ actor }: Pick<Readable, 'actor'>, { meId }: Reader): boolean {
  return actor.kind === 'operator' && actor.id === meId
}

/** Empty where it was no operator, or one whom the reader does not know. */
export function nameOfActor({ actor }: Pick<Readable, 'actor'>, { nameOf }: Reader): string {
  return actor.kind === 'operator' ? nameOf(actor.id) : ''
}

/** One of three texts: of the reader's own doing, of a colleague's by name, and where nobody can be named. */
export function byWhom<const Key extends string>(
  entry: Pick<Readable, 'actor'>,
  reader: Reader,
  { mine, theirs, nobodys }: { mine: Key; theirs: Key; nobodys: Key },
): [Key] | [Key, { name: string }] {
  if (isMine(entry, reader)) return [mine]
  const name = nameOfActor(entry, reader)
  return name ? [theirs, { name }] : [nobodys]
}
