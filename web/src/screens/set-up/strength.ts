/** The least the server takes. */
export const shortest = 8

export type Strength = 'short' | 'weak' | 'fair' | 'strong'

/** A hint, not a gate: length counts most, then how many different characters there are; repetition counts little. */
export function strengthOf(password: string): Strength {
  if (password.length < shortest) return 'short'
  const different = new Set(password).size
  const runs = password.match(/(.)\1{2,}/gu)?.join('').length ?? 0
  const steps = stepsOf(password)
  const worth = password.length - runs - steps + Math.min(different, 12) / 2
  if (worth < 13) return 'weak'
  return worth < 19 ? 'fair' : 'strong'
}

/** How many characters follow the one before in the alphabet or on the number row: `abcd`, `1234`. */
function stepsOf(password: string): number {
  let steps = 0
  for (let index = 1; index < password.length; index++) {
    if (password.charCodeAt(index) - password.charCodeAt(index - 1) === 1) steps++
  }
  return steps
}
