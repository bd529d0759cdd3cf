/** Why a form was refused, said aloud when it appears; nothing without a text. */
export function FormError({ text }: { text: string | null }) {
  if (!text) return null
  return (
    <p role="alert" className="rounded-md bg-red-tint px-3 py-2 text-dense text-red">
      {text}
    </p>
  )
}
