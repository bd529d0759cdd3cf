const bubbles = ['w-2/5', 'w-3/5', 'w-1/3', 'w-1/2']

/** Stands where what was said will be, and the place to write below it. */
export function LogSkeleton() {
  return (
    <div className="late flex min-h-0 grow flex-col overflow-hidden px-4 pb-4 wide:px-6" aria-hidden="true">
      <div className="mx-auto flex w-full max-w-[72ch] grow flex-col justify-end gap-4 pb-10">
        {bubbles.map((width, index) => (
          <div key={width} className={`h-10 rounded-2xl bg-hover ${width} ${index % 2 ? 'self-end' : ''}`} />
        ))}
      </div>
      <div className="mx-auto h-22 w-full max-w-[72ch] shrink-0 rounded-2xl border border-line bg-sunk" />
    </div>
  )
}
