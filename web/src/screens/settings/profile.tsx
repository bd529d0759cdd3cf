import { type FormEvent, useState } from 'react'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Field } from '../../ui/field.tsx'
import { notify } from '../../ui/notices.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { useUpdateMe } from '../shell/me-actions.ts'
import { Card } from './page-part.tsx'
import { ProfileAddress } from './profile-address.tsx'
import { ProfileLanguages } from './profile-languages.tsx'
import { ProfilePicture } from './profile-picture.tsx'
import { SaveBar } from './save-bar.tsx'
import { isSlotsNumber } from './slots-number.ts'

/** How colleagues and contacts know me, and how much I take on. */
export function Profile() {
  // What is taken back begins anew with what is kept.
  const [round, setRound] = useState(0)
  return (
    <>
      <ProfileForm key={round} discard={() => setRound(round + 1)} />
      <ProfileAddress />
    </>
  )
}

function ProfileForm({ discard }: { discard: () => void }) {
  const t = useText()
  const me = useMe()
  const update = useUpdateMe()
  const [name, setName] = useState(me.name)
  const [alias, setAlias] = useState(me.alias ?? '')
  const [slots, setSlots] = useState(String(me.slots))
  const [languages, setLanguages] = useState(me.languages)
  const [signature, setSignature] = useState(me.signature ?? '')
  const [busy, setBusy] = useState(false)
  const wrongSlots = !isSlotsNumber(slots)
  const changed =
    name.trim() !== me.name ||
    alias.trim() !== (me.alias ?? '') ||
    slots !== String(me.slots) ||
    languages.join() !== me.languages.join() ||
    signature.trim() !== (me.signature ?? '')
  const missing = name.trim() === ''

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy || !changed || missing || wrongSlots) return
    setBusy(true)
    const saved = await update({
      name: name.trim(),
      alias: alias.trim() || null,
      slots: Number(slots),
      languages,
      signature: signature.trim() || null,
    })
    setBusy(false)
    if (saved) notify({ tone: 'plain', text: t('settings.saved') })
  }
  return (
    <form onSubmit={save} className="flex flex-col gap-4" aria-label={t('settings.profile')} noValidate>
      <Card>
        <ProfilePicture />
        <Field
          label={t('settings.name')}
          name="name"
          autoComplete="name"
          value={name}
          onChange={setName}
          error={missing ? t('setUp.missing') : undefined}
          help={t('settings.nameHelp')}
          maxLength={80}
          required
        />
        <Field
          label={t('settings.alias')}
          name="alias"
          value={alias}
          onChange={setAlias}
          help={t('settings.aliasHelp')}
          maxLength={80}
        />
      </Card>
      <Card>
        <ProfileLanguages
          label={t('settings.languages')}
          value={languages}
          onChange={setLanguages}
          help={t('settings.languagesHelp')}
        />
        <TextArea
          label={t('settings.signature')}
          value={signature}
          onChange={setSignature}
          help={t('settings.signatureHelp')}
          maxLength={500}
          rows={3}
        />
        <Field
          label={t('settings.slots')}
          name="slots"
          value={slots}
          onChange={(text) => setSlots(text.trim())}
          error={wrongSlots ? t('settings.slotsWrong') : undefined}
          help={t('settings.slotsHelp')}
          maxLength={2}
        />
      </Card>
      <SaveBar shown={changed} busy={busy} disabled={missing || wrongSlots} discard={discard} />
    </form>
  )
}
