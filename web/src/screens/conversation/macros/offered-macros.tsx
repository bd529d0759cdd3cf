import { Suspense } from 'react'
import { soon } from '../../../soon.ts'
import type { Macros } from './use-macros.ts'

const MacroList = soon(async () => (await import('./macro-list.tsx')).MacroList)

/** The macros that are offered; nobody waits for their list before they write. */
export function OfferedMacros({ macros }: { macros: Macros }) {
  return (
    <Suspense>
      <MacroList macros={macros} />
    </Suspense>
  )
}
