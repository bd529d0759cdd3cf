import {
  isSignOf,
  type SignColumn,
  type SignSettings,
  signColumns,
  signKinds,
} from '@foyer/contract/signs.ts'
import { useText } from '../../text.tsx'
import { CheckBox } from '../../ui/check-box.tsx'

export type SignsPartProps = { settings: SignSettings; set: (change: Partial<SignSettings>) => void }

type EventsProps = {
  /** What is chosen here, in words. */
  label: string
  chosen: SignSettings['heard']
  onChange: (chosen: SignSettings['heard']) => void
  disabled: boolean
}

/** What happens, line by line, and of whose conversations I am told of it, in two columns. */
export function SignsEvents({ label, chosen, onChange, disabled }: EventsProps) {
  const t = useText()
  const toggle = (column: SignColumn, kind: (typeof signKinds)[number], on: boolean) =>
    onChange({
      ...chosen,
      [column]: signKinds.filter((one) => (one === kind ? on : chosen[column].includes(one))),
    })
  return (
    <div>
      <table aria-label={label} className="w-full text-dense">
        <thead>
          <tr className="border-b border-line align-bottom text-small text-soft">
            <td />
            {signColumns.map((column) => (
              <th key={column} scope="col" className="w-24 px-1 pb-2 text-center font-medium text-pretty">
                {t(`signs.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {signKinds.map((kind) => (
            <tr key={kind} className="border-b border-line last:border-0">
              <th scope="row" className="py-2 pe-2 text-start font-normal text-pretty">
                {t(`signs.kind.${kind}`)}
              </th>
              {signColumns.map((column) => (
                <td key={column}>
                  {isSignOf(kind, column) ? (
                    <CheckBox
                      className="min-h-9 items-center justify-center"
                      label={`${t(`signs.kind.${kind}`)}: ${t(`signs.column.${column}`)}`}
                      on={chosen[column].includes(kind)}
                      onChange={(on) => toggle(column, kind, on)}
                      disabled={disabled}
                    />
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
