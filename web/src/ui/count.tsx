/** A count in a pill; beyond a thousand it says so instead of counting on. */
export function Count({ value, label }: { value: number; label: string }) {
  if (value === 0) return null
  return (
    <span className="tabular flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1.5 text-tiny font-semibold text-on-accent">
      <span aria-hidden="true">{value > 999 ? '999+' : value}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
