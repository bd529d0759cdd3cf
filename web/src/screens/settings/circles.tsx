import { newId } from '@foyer/client/ids.ts'
import { type Circle, removeGroup, removeSkill, saveGroup, saveSkill } from '@foyer/contract/team.ts'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { useGroups, useMay, useOperators, useSkills } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckList } from '../../ui/check-list.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { EditorButtons } from './editor-buttons.tsx'
import { PagePart, rowLook, rowsLook } from './page-part.tsx'
import { useChange } from './use-change.ts'

type Kind = 'groups' | 'skills'
const fresh = (): Circle => ({ id: newId(), name: '', memberIds: [], version: 0 })

/** Groups or skills: a name, and who belongs to it. */
export function Circles({ kind }: { kind: Kind }) {
  const t = useText()
  const [groups, skills] = [useGroups(), useSkills()]
  const operators = useOperators()
  const [editing, setEditing] = useState<Circle | null>(null)
  const mayManage = useMay('team.manage')
  const nameOf = (id: string) => operators.find((operator) => operator.id === id)?.name
  return (
    <PagePart
      title={t(`team.${kind}`)}
      text={t(`team.${kind}Text`)}
      action={
        mayManage ? (
          <Button onPress={() => setEditing(fresh())}>
            <Plus size={14} aria-hidden="true" />
            {t(`team.${kind}Add`)}
          </Button>
        ) : null
      }
    >
      <ul aria-label={t(`team.${kind}`)} className={rowsLook}>
        {(kind === 'groups' ? groups : skills).map((circle) => (
          <li key={circle.id} className={rowLook}>
            <span className="min-w-40 flex-1">
              <span className="font-medium">
                <bdi>{circle.name}</bdi>
              </span>
              <span className="block text-small text-faint">
                {circle.memberIds.map(nameOf).filter(Boolean).join(', ') || t('team.noMembers')}
              </span>
            </span>
            {mayManage ? (
              <Button
                aria-label={t('team.editOne', { name: circle.name })}
                onPress={() => setEditing(circle)}
              >
                {t('team.edit')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {editing ? (
        <Editor key={editing.id} kind={kind} circle={editing} close={() => setEditing(null)} />
      ) : null}
    </PagePart>
  )
}

function Editor({ kind, circle, close }: { kind: Kind; circle: Circle; close: () => void }) {
  const t = useText()
  const change = useChange()
  const operators = useOperators()
  const [name, setName] = useState(circle.name)
  const [memberIds, setMemberIds] = useState<string[]>(circle.memberIds)
  const [checked, setChecked] = useState(false)
  const missing = name.trim() === ''
  const isNew = circle.version === 0

  async function save(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (missing) return
    const body = { id: circle.id, name: name.trim(), memberIds }
    const saved = await change(() => api.call(kind === 'groups' ? saveGroup : saveSkill, { body }))
    if (saved) close()
  }
  async function remove() {
    const removed = await change<object>(() =>
      kind === 'groups'
        ? api.call(removeGroup, { params: { groupId: circle.id } })
        : api.call(removeSkill, { params: { skillId: circle.id } }),
    )
    if (removed) close()
  }
  return (
    <Dialog
      title={isNew ? t(`team.${kind}Add`) : circle.name}
      open
      onClose={close}
      closeLabel={t('dialog.close')}
    >
      <form onSubmit={save} className="flex flex-col gap-4" noValidate>
        <Field
          label={t('team.name')}
          name="name"
          value={name}
          onChange={setName}
          error={checked && missing ? t('setUp.missing') : undefined}
          maxLength={60}
          autoFocus={isNew}
          required
        />
        <CheckList label={t('team.members')} items={operators} value={memberIds} onChange={setMemberIds} />
        <EditorButtons remove={isNew ? null : () => void remove()} />
      </form>
    </Dialog>
  )
}
