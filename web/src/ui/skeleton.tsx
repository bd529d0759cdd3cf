/** Grey bars where rows will be; they wait 150 ms before they show. */
export function RowSkeleton({ rows }: { rows: number }) {
  return (
    <div className="late" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical bars without identity
        <div key={index} className="flex gap-3 px-6 py-3">
          <div className="size-8 rounded-full bg-hover" />
          <div className="flex grow flex-col gap-2 pt-1">
            <div className="h-3 w-2/5 rounded-sm bg-hover" />
            <div className="h-3 w-4/5 rounded-sm bg-hover" />
          </div>
        </div>
      ))}
    </div>
  )
}
