import type { Widget } from '@foyer/contract/widgets.ts'
import { useGroups, useOperators, useSkills } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Toggle } from '../../ui/toggle.tsx'

type RoutingProps = { value: Widget; set: (change: Partial<Widget>) => void }

/** Whom a widget's conversations are for. */
export function WidgetRouting({ value, set }: RoutingProps) {
  const t = useText()
  return (
    <>
      <Choice
        label={t('widget.routing')}
        value={value.routing}
        options={[
          { value: 'everyone', label: t('widget.everyone') },
          { value: 'group', label: t('widget.group') },
          { value: 'choice', label: t('widget.choice') },
          { value: 'skills', label: t('widget.bySkills') },
          { value: 'operator', label: t('widget.operator') },
        ]}
        onChange={(routing) => set({ routing })}
      />
      <Target value={value} set={set} />
    </>
  )
}

/** Which group, operator or skills the chosen routing means. */
function Target({ value, set }: RoutingProps) {
  const t = useText()
  const [groups, skills, operators] = [useGroups(), useSkills(), useOperators()]
  const unset = { value: '', label: t('widget.choose') }
  const named = (items: readonly { id: string; name: string }[]) => [
    unset,
    ...items.map(({ id, name }) => ({ value: id, label: name })),
  ]
  if (value.routing === 'group')
    return groups.length === 0 ? (
      <p className="text-dense text-faint">{t('widget.noGroups')}</p>
    ) : (
      <Choice
        label={t('widget.whichGroup')}
        value={value.groupId ?? ''}
        options={named(groups)}
        onChange={(id) => set({ groupId: id || null })}
      />
    )
  if (value.routing === 'operator')
    return (
      <Choice
        label={t('widget.whichOperator')}
        value={value.operatorId ?? ''}
        options={named(operators)}
        onChange={(id) => set({ operatorId: id || null })}
      />
    )
  if (value.routing === 'choice')
    return (
      <Several
        label={t('widget.whichGroups')}
        none={t('widget.noGroups')}
        items={groups}
        chosen={value.groupIds}
        onChange={(groupIds) => set({ groupIds })}
      />
    )
  if (value.routing !== 'skills') return null
  return (
    <Several
      label={t('widget.whichSkills')}
      none={t('widget.noSkills')}
      items={skills}
      chosen={value.skillIds}
      onChange={(skillIds) => set({ skillIds })}
    />
  )
}

type SeveralProps = {
  label: string
  /** What is said where there is nothing to choose from. */
  none: string
  items: readonly { id: string; name: string }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

function Several({ label, none, items, chosen, onChange }: SeveralProps) {
  if (items.length === 0) return <p className="text-dense text-faint">{none}</p>
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-dense font-medium text-soft">{label}</legend>
      {items.map(({ id, name }) => (
        <Toggle
          key={id}
          on={chosen.includes(id)}
          onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
        >
          <bdi>{name}</bdi>
        </Toggle>
      ))}
    </fieldset>
  )
}
