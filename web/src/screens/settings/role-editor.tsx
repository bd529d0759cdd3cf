import { type Role, removeRole, saveRole } from '@foyer/contract/roles.ts'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { EditorButtons } from './editor-buttons.tsx'
import { mayGive, useRoleName } from './role-words.ts'
import { useChange } from './use-change.ts'

/** Names an own role, or removes it: then it asks which role its operators get. */
export function RoleEditor({
  role,
  roles,
  close,
}: {
  role: Role
  roles: readonly Role[]
  close: () => void
}) {
  const t = useText()
  const me = useMe()
  const change = useChange()
  const roleName = useRoleName()
  const isNew = role.version === 0
  const others = roles.filter((each) => each.id !== role.id && mayGive(me, each))
  const [name, setName] = useState(role.name ?? '')
  const [checked, setChecked] = useState(false)
  const [removing, setRemoving] = useState(false)
  const [replacement, setReplacement] = useState(
    others.find(({ kind }) => kind === 'operator')?.id ?? others[0]?.id ?? '',
  )
  const missing = name.trim() === ''

  async function save(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (missing) return
    const body = { id: role.id, name: name.trim(), rights: role.rights }
    if (await change(() => api.call(saveRole, { body }))) close()
  }
  async function remove() {
    const query = { replacementId: replacement }
    const removed = await change(() => api.call(removeRole, { params: { roleId: role.id }, query }))
    if (removed) close()
  }
  return (
    <Dialog
      title={isNew ? t('roles.add') : (role.name ?? '')}
      open
      onClose={close}
      closeLabel={t('dialog.close')}
    >
      {removing ? (
        <div className="flex flex-col gap-4">
          <Choice
            label={t('roles.replacement')}
            value={replacement}
            options={others.map((each) => ({ value: each.id, label: roleName(each) }))}
            onChange={setReplacement}
          />
          <div className="flex justify-end">
            <Button look="danger" onPress={() => void remove()}>
              {t('team.remove')}
            </Button>
          </div>
        </div>
      ) : (
        <form onSubmit={save} className="flex flex-col gap-4" noValidate>
          <Field
            label={t('team.name')}
            name="name"
            value={name}
            onChange={setName}
            error={checked && missing ? t('setUp.missing') : undefined}
            maxLength={60}
            autoFocus
            required
          />
          <EditorButtons remove={isNew ? null : () => setRemoving(true)} />
        </form>
      )}
    </Dialog>
  )
}
