import { setUp } from '@foyer/contract/organizations.ts'
import { type FormEvent, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { useLinkSecret } from '../../link-secret.ts'
import { useSession, useSetMe } from '../../session.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckBox } from '../../ui/check-box.tsx'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { Front } from '../log-in/front.tsx'
import { AccountFields, useAccount } from './account-fields.tsx'
import { NextSteps } from './next-steps.tsx'

/** Done once, by whoever has started the server: the organization, its owner, and what to do next. */
export function SetUpScreen() {
  const t = useText()
  const errorText = useErrorText()
  const { token, drop } = useLinkSecret('set-up')
  const { data: me } = useSession()
  const setMe = useSetMe()
  const [organization, setOrganization] = useState('')
  const { account, isRight, fields } = useAccount()
  const [sampleData, setSampleData] = useState(true)
  const [checked, setChecked] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const organizationName = organization.trim()

  async function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (busy || organizationName === '' || !isRight) return
    setBusy(true)
    setError(null)
    try {
      const { name: ownerName, ...owner } = account
      const body = { token: token || '-', organizationName, ownerName, ...owner, sampleData }
      setMe(await api.call(setUp, { body }))
      drop()
    } catch (failure) {
      setError(errorText(codeOf(failure)))
    }
    setBusy(false)
  }

  if (me) return <NextSteps me={me} />
  return (
    <Front title={t('setUp.title')} tall>
      <p className="-mt-4 mb-6 text-pretty text-soft">{t('setUp.intro')}</p>
      <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <Field
          label={t('setUp.organization')}
          name="organization"
          autoComplete="organization"
          value={organization}
          onChange={setOrganization}
          error={checked && organizationName === '' ? t('setUp.missing') : undefined}
          help={t('setUp.organizationHelp')}
          maxLength={80}
          autoFocus
          required
        />
        <AccountFields {...fields} checked={checked} />
        <CheckBox
          on={sampleData}
          onChange={setSampleData}
          className="items-start gap-3 rounded-lg border border-line p-3"
        >
          <span className="flex flex-col">
            <span className="font-medium">{t('setUp.sample')}</span>
            <span className="text-small text-pretty text-faint">{t('setUp.sampleHelp')}</span>
          </span>
        </CheckBox>
        <FormError text={error} />
        <Button type="submit" look="primary" large isBusy={busy} className="mt-1">
          {t('setUp.button')}
        </Button>
      </form>
    </Front>
  )
}
