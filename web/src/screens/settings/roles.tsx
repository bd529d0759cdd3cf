import { newId } from '@foyer/client/ids.ts'
import { type Right, type Role, rights, saveRole } from '@foyer/contract/roles.ts'
import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe, useRoles } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckBox } from '../../ui/check-box.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Sideways } from '../../ui/sideways.tsx'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { PagePart, rowsLook } from './page-part.tsx'
import { RoleEditor } from './role-editor.tsx'
import { mayGive, useRoleName } from './role-words.ts'
import { useChange } from './use-change.ts'

const fresh = (): Role => ({ id: newId(), kind: null, name: '', rights: [], members: 0, version: 0 })
const edge = 'border-b border-line group-last:border-b-0'
/** The column that the others go under, with a shadow while they do. */
const stays =
  'sticky start-0 z-1 bg-raised text-start transition-shadow group-data-before/sideways:shadow-[6px_0_8px_-6px_var(--shade)]'

/** What each role allows: rights as rows, roles as columns; where it is narrow, one role at a time. */
export function Roles() {
  const t = useText()
  const me = useMe()
  const roles = useRoles()
  const roleName = useRoleName()
  const mayManage = useMay('roles.manage')
  const [editing, setEditing] = useState<Role | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const one = roles.find(({ id }) => id === shown) ?? roles.find(({ id }) => id === me.role.id) ?? roles[0]
  const mayChange = (role: Role) => mayManage && role.id !== me.role.id && mayGive(me, role)
  // What is said of each role stands above the table, and would push it down.
  if (roles.length === 0) return <RowSkeleton rows={6} />
  return (
    <>
      <dl className="grid gap-3 text-dense wide:grid-cols-2 full:grid-cols-3">
        {roles.map((role) =>
          role.kind ? (
            <div key={role.id} className="flex flex-col gap-1 rounded-xl bg-raised p-4 shadow-rest">
              <dt className="text-base font-semibold">{roleName(role)}</dt>
              <dd className="text-pretty text-soft">{t(`role.${role.kind}Text`)}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <PagePart
        title={t('roles.table')}
        action={
          mayManage ? (
            <Button onPress={() => setEditing(fresh())}>
              <Plus size={14} aria-hidden="true" />
              {t('roles.add')}
            </Button>
          ) : null
        }
      >
        <Sideways label={t('settings.roles')} className="rounded-xl bg-raised shadow-rest max-wide:hidden">
          <table className="w-full border-separate border-spacing-0 text-dense">
            <thead>
              <tr className="group">
                <th scope="col" className={`${stays} border-b border-line px-4 py-3 font-medium`}>
                  {t('roles.right')}
                </th>
                {roles.map((role) => (
                  <th
                    key={role.id}
                    scope="col"
                    className="border-b border-line px-3 py-3 align-bottom font-medium"
                  >
                    <Heading
                      role={role}
                      edit={mayChange(role) && !role.kind ? () => setEditing(role) : null}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rights.map((right) => (
                <tr key={right} className="group">
                  <th scope="row" className={`${stays} min-w-56 px-4 py-2.5 font-normal ${edge}`}>
                    {t(`right.${right}`)}
                  </th>
                  {roles.map((role) => (
                    <td key={role.id} className={`px-3 py-2.5 text-center ${edge}`}>
                      <Box role={role} right={right} mayChange={mayChange(role)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Sideways>
        {one ? (
          <div className="flex flex-col gap-4 wide:hidden">
            <Choice
              label={t('team.role')}
              value={one.id}
              options={roles.map((role) => ({ value: role.id, label: roleName(role) }))}
              onChange={setShown}
            />
            <ul className={rowsLook} aria-label={roleName(one)}>
              {rights.map((right) => (
                <li
                  key={right}
                  className="flex min-h-11 items-center gap-3 border-b border-line px-4 py-2 text-dense last:border-0"
                >
                  <span className="flex-1">{t(`right.${right}`)}</span>
                  <Box role={one} right={right} mayChange={mayChange(one)} />
                </li>
              ))}
            </ul>
            {mayChange(one) && !one.kind ? (
              <div>
                <Button onPress={() => setEditing(one)}>{t('team.edit')}</Button>
              </div>
            ) : null}
          </div>
        ) : null}
      </PagePart>
      {editing ? (
        <RoleEditor key={editing.id} role={editing} roles={roles} close={() => setEditing(null)} />
      ) : null}
    </>
  )
}

function Heading({ role, edit }: { role: Role; edit: (() => void) | null }) {
  const t = useText()
  const name = useRoleName()(role)
  return (
    <span className="flex flex-col items-center gap-0.5">
      {edit ? (
        <Button look="quiet" className="-my-1.5" aria-label={t('team.editOne', { name })} onPress={edit}>
          <bdi>{name}</bdi>
          <Pencil size={12} aria-hidden="true" />
        </Button>
      ) : (
        <bdi>{name}</bdi>
      )}
      <span className="text-small font-normal text-faint">{t('roles.members', { count: role.members })}</span>
    </span>
  )
}

/** One right of one role; it holds at once. */
function Box({ role, right, mayChange }: { role: Role; right: Right; mayChange: boolean }) {
  const t = useText()
  const me = useMe()
  const change = useChange()
  const roleName = useRoleName()
  const [wanted, setWanted] = useState<boolean | null>(null)
  async function turn(on: boolean) {
    setWanted(on)
    const allowed = rights.filter((each) => (each === right ? on : role.rights.includes(each)))
    await change(() => api.call(saveRole, { body: { id: role.id, name: role.name, rights: allowed } }))
    setWanted(null)
  }
  return (
    <CheckBox
      className="justify-center"
      label={t('roles.one', { name: roleName(role), text: t(`right.${right}`) })}
      on={wanted ?? role.rights.includes(right)}
      disabled={!mayChange || !me.rights.includes(right)}
      onChange={(on) => void turn(on)}
    />
  )
}
