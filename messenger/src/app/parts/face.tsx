/** Initials of who answers, in the brand's colour. */
export function Face({ name }: { name: string }) {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return (
    <span class="face" aria-hidden="true">
      {letters.map((word) => [...(word ?? '')][0] ?? '').join('')}
    </span>
  )
}
