import type { PlaceholderField } from '@foyer/contract/placeholders.ts'
import { type TextKey, useText } from '../../../text.tsx'

/** What a placeholder stands for, in words. */
export function usePlaceholderNames(): (fields: readonly PlaceholderField[]) => string {
  const t = useText()
  return (fields) => fields.map((field) => t(`placeholder.${field}` satisfies TextKey)).join(', ')
}

/** Says which placeholders of a macro nothing is known for. */
export function UnfilledLine({ fields }: { fields: readonly PlaceholderField[] }) {
  const t = useText()
  const nameOf = usePlaceholderNames()
  return (
    <p role="status" className="px-4 pb-1 text-small text-pretty text-amber empty:hidden">
      {fields.length > 0 ? t('macros.unfilled', { fields: nameOf(fields) }) : null}
    </p>
  )
}
