import { type Circle, type Colleague, setRole, updateColleague } from '@foyer/contract/team.ts'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { useGroups, useMe, useRoles, useSkills } from '../../session.ts'
import { useText } from '../../text.tsx'
import { CheckList } from '../../ui/check-list.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { EditorButtons } from './editor-buttons.tsx'
import { ProfileLanguages } from './profile-languages.tsx'
import { RoleChoice } from './role-choice.tsx'
import { mayGive } from './role-words.ts'
import { isSlotsNumber } from './slots-number.ts'
import { useChange } from './use-change.ts'

const idsOf = (circles: readonly Circle[], operatorId: string) =>
  circles.filter(({ memberIds }) => memberIds.includes(operatorId)).map(({ id }) => id)

/** How a colleague is known, how much they take on, and what they are given: only what was changed is sent. */
export function ColleagueEditor({ colleague, close }: { colleague: Colleague; close: () => void }) {
  const t = useText()
  const change = useChange()
  const [groups, skills] = [useGroups(), useSkills()]
  const before = { groupIds: idsOf(groups, colleague.id), skillIds: idsOf(skills, colleague.id) }
  const [name, setName] = useState(colleague.name)
  const [alias, setAlias] = useState(colleague.alias ?? '')
  const [slots, setSlots] = useState(String(colleague.slots.most))
  const [languages, setLanguages] = useState(colleague.languages)
  const [groupIds, setGroupIds] = useState(before.groupIds)
  const [skillIds, setSkillIds] = useState(before.skillIds)
  const me = useMe()
  const roles = useRoles().filter((role) => mayGive(me, role))
  const [roleId, setRoleId] = useState(colleague.role.id)
  const missing = name.trim() === ''
  const wrongSlots = !isSlotsNumber(slots)

  async function save(event: FormEvent) {
    event.preventDefault()
    if (missing || wrongSlots) return
    const body = {
      ...(name.trim() === colleague.name ? {} : { name: name.trim() }),
      ...(alias.trim() === (colleague.alias ?? '') ? {} : { alias: alias.trim() || null }),
      ...(Number(slots) === colleague.slots.most ? {} : { slots: Number(slots) }),
      ...(languages.join() === colleague.languages.join() ? {} : { languages }),
      ...(isSame(groupIds, before.groupIds) ? {} : { groupIds }),
      ...(isSame(skillIds, before.skillIds) ? {} : { skillIds }),
    }
    const params = { operatorId: colleague.id }
    // What is changed last is what the role may forbid.
    if (!(await change(() => api.call(updateColleague, { params, body })))) return
    if (
      roleId !== colleague.role.id &&
      !(await change(() => api.call(setRole, { params, body: { roleId } })))
    )
      return
    close()
  }
  return (
    <Dialog title={colleague.name} open onClose={close} closeLabel={t('dialog.close')}>
      <form onSubmit={save} className="flex flex-col gap-4" noValidate>
        <Field
          label={t('settings.name')}
          name="name"
          value={name}
          onChange={setName}
          error={missing ? t('setUp.missing') : undefined}
          maxLength={80}
          required
        />
        <Field
          label={t('settings.alias')}
          name="alias"
          value={alias}
          onChange={setAlias}
          help={t('team.aliasHelp')}
          maxLength={80}
        />
        <Field
          label={t('settings.slots')}
          name="slots"
          value={slots}
          onChange={(text) => setSlots(text.trim())}
          error={wrongSlots ? t('settings.slotsWrong') : undefined}
          maxLength={2}
        />
        <RoleChoice roles={roles} value={roleId} onChange={setRoleId} />
        {groups.length > 0 ? (
          <CheckList label={t('team.groups')} items={groups} value={groupIds} onChange={setGroupIds} />
        ) : null}
        {skills.length > 0 ? (
          <CheckList label={t('team.skills')} items={skills} value={skillIds} onChange={setSkillIds} />
        ) : null}
        <ProfileLanguages label={t('team.languages')} value={languages} onChange={setLanguages} help={null} />
        <EditorButtons remove={null} />
      </form>
    </Dialog>
  )
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((id) => others.includes(id))
}
