import type { Role } from '@foyer/contract/roles.ts'
import { useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { useRoleName } from './role-words.ts'

type RoleChoiceProps = { roles: readonly Role[]; value: string; onChange: (roleId: string) => void }

/** One of the roles that may be given, with a word about what it allows. */
export function RoleChoice({ roles, value, onChange }: RoleChoiceProps) {
  const t = useText()
  const roleName = useRoleName()
  const chosen = roles.find(({ id }) => id === value)
  return (
    <div className="flex flex-col gap-1.5">
      <Choice
        label={t('team.role')}
        value={value}
        options={roles.map((each) => ({ value: each.id, label: roleName(each) }))}
        onChange={onChange}
      />
      {chosen?.kind ? (
        <p className="text-small text-pretty text-faint">{t(`role.${chosen.kind}Text`)}</p>
      ) : null}
    </div>
  )
}
