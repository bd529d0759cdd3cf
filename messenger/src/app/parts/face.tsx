import { useState } from 'preact/hooks'

type FaceProps = { name: string; picture?: string | null | undefined }

/** Some of those who answer, side by side; nobody where it is not known who does. */
export function Faces({ team }: { team: readonly FaceProps[] }) {
  if (team.length === 0) return null
  return (
    <span class="faces">
      {team.map((one, place) => (
        <Face key={place} {...one} />
      ))}
    </span>
  )
}

/** Who answers: their picture over their initials, which stay where there is none or it does not come. */
export function Face({ name, picture }: FaceProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return (
    <span class="face" aria-hidden="true">
      {letters.map((word) => [...(word ?? '')][0] ?? '').join('')}
      {picture && picture !== broken && (
        <img key={picture} src={picture} alt="" draggable={false} onError={() => setBroken(picture)} />
      )}
    </span>
  )
}
