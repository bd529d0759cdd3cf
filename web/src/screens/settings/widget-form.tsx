import { updateWidget, type Widget } from '@foyer/contract/widgets.ts'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { useGroups, useOperators, useSkills } from '../../session.ts'
import { languages, useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field, inputLook } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { notify } from '../../ui/notices.tsx'
import { Toggle } from '../../ui/toggle.tsx'

/** What a widget does with conversations, and where it may stand. */
export function WidgetForm({ widget }: { widget: Widget }) {
  const t = useText()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const [value, setValue] = useState(widget)
  const [minutes, setMinutes] = useState(String(widget.liveMinutes))
  const [mailMinutes, setMailMinutes] = useState(String(widget.mailMinutes ?? 10))
  const [sites, setSites] = useState(widget.allowedSites.join('\n'))
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (change: Partial<Widget>) => setValue((before) => ({ ...before, ...change }))
  const wrongMinutes = !/^\d{1,2}$/.test(minutes) || Number(minutes) < 1 || Number(minutes) > 30
  const wrongMail =
    value.mailMinutes !== null &&
    (!/^\d{1,4}$/.test(mailMinutes) || Number(mailMinutes) < 1 || Number(mailMinutes) > 1440)
  const missing = value.name.trim() === ''

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy || wrongMinutes || wrongMail || missing) return
    setBusy(true)
    setError(null)
    try {
      const { key: _key, version: _version, routing, ...rest } = value
      await api.call(updateWidget, {
        body: {
          ...rest,
          name: value.name.trim(),
          routing,
          liveMinutes: Number(minutes),
          mailMinutes: value.mailMinutes === null ? null : Number(mailMinutes),
          allowedSites: sites.split(/\s+/).filter(Boolean),
        },
      })
      notify({ tone: 'plain', text: t('settings.saved') })
      await queries.invalidateQueries({ queryKey: ['widgets'] })
    } catch (failure) {
      setError(errorText(codeOf(failure)))
    }
    setBusy(false)
  }
  return (
    <form onSubmit={save} aria-label={widget.name} className="flex flex-col gap-5" noValidate>
      <Field
        label={t('widget.name')}
        name="name"
        value={value.name}
        onChange={(name) => set({ name })}
        error={missing ? t('setUp.missing') : undefined}
        maxLength={80}
        required
      />
      <Choice
        label={t('widget.locale')}
        value={value.locale}
        options={languages}
        onChange={(locale) => set({ locale })}
      />
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
      <Field
        label={t('widget.liveMinutes')}
        name="minutes"
        value={minutes}
        onChange={(text) => setMinutes(text.trim())}
        error={wrongMinutes ? t('widget.liveMinutesWrong') : undefined}
        help={t('widget.liveMinutesHelp')}
        maxLength={2}
      />
      <Toggle on={value.mailMinutes !== null} onChange={(on) => set({ mailMinutes: on ? 10 : null })}>
        {t('widget.mail')}
      </Toggle>
      {value.mailMinutes === null ? null : (
        <Field
          label={t('widget.mailMinutes')}
          name="mail-minutes"
          value={mailMinutes}
          onChange={(text) => setMailMinutes(text.trim())}
          error={wrongMail ? t('widget.mailMinutesWrong') : undefined}
          help={t('widget.mailMinutesHelp')}
          maxLength={4}
        />
      )}
      <Sites value={sites} onChange={setSites} />
      <FormError text={error} />
      <div>
        <Button type="submit" look="primary" isBusy={busy} isDisabled={wrongMinutes || wrongMail || missing}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}

type TargetProps = { value: Widget; set: (change: Partial<Widget>) => void }

/** Which group, operator or skills the chosen routing means. */
function Target({ value, set }: TargetProps) {
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

function Sites({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText()
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-dense font-medium text-soft">
        {t('widget.sites')}
      </label>
      <textarea
        id={id}
        aria-describedby={`${id}-help`}
        value={value}
        rows={3}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputLook} py-2 font-mono text-dense focus:border-accent`}
      />
      <p id={`${id}-help`} className="text-small text-faint">
        {t('widget.sitesHelp')}
      </p>
    </div>
  )
}
