/**
 * Milliseconds to wait before attempt `attempt` (0 is the first retry): full jitter between half a second and a ceiling
 * that doubles up to `most`.
 */
export function backoff(attempt: number, most = 30_000, random: () => number = Math.random): number {
  const ceiling = Math.min(most, 500 * 2 ** Math.min(attempt, 10))
  return Math.max(500 * random(), ceiling * random())
}
