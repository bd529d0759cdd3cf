import type { RoleName } from '@foyer/contract/roles.ts'
import { type Colleague, listTeam, logOutColleague, setActive, setRole } from '@foyer/contract/team.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { api } from '../../api.ts'
import { useLanguageTitle } from '../../language-names.ts'
import { useGroups, useMay, useMe, useRoles, useSkills } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { notify } from '../../ui/notices.tsx'
import { ColleagueEditor } from './colleague-editor.tsx'
import { HandOver } from './hand-over.tsx'
import { PagePart, rowLook, rowsLook } from './page-part.tsx'
import { PasswordLink } from './password-link.tsx'
import { mayGive, useRoleName } from './role-words.ts'
import { useChange } from './use-change.ts'

export const teamQuery = queryOptions({
  queryKey: ['operators', 'team'],
  queryFn: ({ signal }) => api.call(listTeam, { signal }),
})

/** Everybody who works here, and those who did. */
export function Colleagues() {
  const t = useText()
  const { data } = useQuery(teamQuery)
  return (
    <PagePart title={t('team.colleagues')}>
      <ul aria-label={t('team.colleagues')} className={rowsLook}>
        {data?.items.map((colleague) => (
          <Row key={colleague.id} colleague={colleague} />
        ))}
      </ul>
    </PagePart>
  )
}

function Row({ colleague }: { colleague: Colleague }) {
  const t = useText()
  const me = useMe()
  const change = useChange()
  const { id, name, email, role, active, available, languages, sample } = colleague
  const languageTitle = useLanguageTitle()
  const params = { operatorId: id }
  const roleName = useRoleName()
  const roles = useRoles()
  const mayManage = useMay('team.manage')
  const [handing, setHanding] = useState(false)
  const [editing, setEditing] = useState(false)
  const [linking, setLinking] = useState(false)
  const belongsTo = [...useGroups(), ...useSkills()].filter(({ memberIds }) => memberIds.includes(id))
  const within = roles.find((each) => each.id === role.id)?.rights.every((right) => me.rights.includes(right))
  const mayAct = mayManage && within && id !== me.id && role.kind !== 'owner' && !sample

  /** A role holds at once, so it can be taken back at once. */
  async function give(given: RoleName) {
    const set = (roleId: string) => change(() => api.call(setRole, { params, body: { roleId } }))
    if (!(await set(given.id))) return
    const run = () => void set(role.id)
    const text = t('team.roleSet', { name, role: roleName(given) })
    notify({ tone: 'plain', text, action: { label: t('team.undo'), run } })
  }
  return (
    <li className={`${rowLook} ${active ? '' : 'opacity-60'}`}>
      <Avatar name={name} seed={id} picture={colleague.picture} size="small" online={available} />
      <span className="min-w-40 flex-1">
        <span className="font-medium">
          <bdi>{name}</bdi>
        </span>
        {sample ? (
          <span className="ms-2 rounded-sm bg-canvas px-1.5 py-0.5 text-small text-faint">
            {t('team.sample')}
          </span>
        ) : null}
        {/* Those of made-up people are nobody's. */}
        {sample ? null : <span className="block text-small wrap-anywhere text-faint">{email}</span>}
        {belongsTo.length > 0 ? (
          <span className="block text-small text-faint">
            {belongsTo.map((circle) => circle.name).join(', ')}
          </span>
        ) : null}
        {languages.length > 0 ? (
          <span className="block text-small text-faint">{languageTitle(...languages)}</span>
        ) : null}
      </span>
      <span className="text-small text-soft">{active ? roleName(role) : t('team.inactive')}</span>
      {mayAct ? (
        <Menu
          label={t('team.actionsOf', { name })}
          trigger={
            <AriaButton
              aria-label={t('team.actionsOf', { name })}
              className="flex size-8 items-center justify-center rounded-md text-soft data-hovered:bg-hover"
            >
              <Ellipsis size={16} aria-hidden="true" />
            </AriaButton>
          }
        >
          <MenuItem onAction={() => setEditing(true)}>{t('team.edit')}</MenuItem>
          <MenuLine />
          {roles
            .filter((given) => mayGive(me, given))
            .map((given) => (
              <MenuItem key={given.id} current={role.id === given.id} onAction={() => void give(given)}>
                {roleName(given)}
              </MenuItem>
            ))}
          <MenuLine />
          <MenuItem onAction={() => void change(() => api.call(logOutColleague, { params }))}>
            {t('team.logOut')}
          </MenuItem>
          {active ? <MenuItem onAction={() => setLinking(true)}>{t('team.passwordLink')}</MenuItem> : null}
          <MenuItem
            onAction={() => void change(() => api.call(setActive, { params, body: { active: !active } }))}
          >
            {active ? t('team.deactivate') : t('team.activate')}
          </MenuItem>
          {me.role.kind === 'owner' && active ? (
            <MenuItem onAction={() => setHanding(true)}>{t('team.handOver')}</MenuItem>
          ) : null}
        </Menu>
      ) : (
        <span className="size-8" />
      )}
      {editing ? <ColleagueEditor colleague={colleague} close={() => setEditing(false)} /> : null}
      {linking ? <PasswordLink of={colleague} close={() => setLinking(false)} /> : null}
      {handing ? <HandOver to={colleague} close={() => setHanding(false)} /> : null}
    </li>
  )
}
