/** Pieces of a text, of which some are what was looked for. */
export type Pieces = readonly { text: string; marked: boolean }[]

/** A passage that a search has found, as text, with the words marked. */
export function Passage({ pieces }: { pieces: Pieces }) {
  return pieces.map(({ text, marked }, place) =>
    marked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a passage never change places
      <mark key={place} className="rounded-xs bg-accent-tint font-medium text-ink">
        {text}
      </mark>
    ) : (
      text
    ),
  )
}
