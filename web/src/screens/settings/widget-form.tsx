import { updateWidget, type Widget } from '@foyer/contract/widgets.ts'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { languages, useErrorText, useText } from '../../text.tsx'
import { focusFirstWrong, ShowChecks } from '../../ui/checks.tsx'
import { Choice } from '../../ui/choice.tsx'
import { ColorField } from '../../ui/color-field.tsx'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { notify } from '../../ui/notices.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { Card, PagePart } from './page-part.tsx'
import { SaveBar } from './save-bar.tsx'
import { ToggleRow } from './toggle-row.tsx'
import { areFilesRight, WidgetFiles } from './widget-files.tsx'
import { areFollowUpsRight } from './widget-follow-ups.tsx'
import { areHoursRight, WidgetHours } from './widget-hours.tsx'
import { WidgetPreview } from './widget-preview.tsx'
import { WidgetRouting } from './widget-routing.tsx'
import { isTermsAddress, WidgetWording } from './widget-wording.tsx'

/** What a widget does with conversations, and where it may stand. */
export function WidgetForm({ widget, discard }: { widget: Widget; discard: () => void }) {
  const t = useText()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const [value, setValue] = useState(widget)
  const [minutes, setMinutes] = useState(String(widget.liveMinutes))
  const [mailMinutes, setMailMinutes] = useState(String(widget.mailMinutes ?? 10))
  const [sites, setSites] = useState(widget.allowedSites.join('\n'))
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [locale, setLocale] = useState(widget.locale)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const set = (change: Partial<Widget>) => setValue((before) => ({ ...before, ...change }))
  const wrongMinutes = !/^\d{1,2}$/.test(minutes) || Number(minutes) < 1 || Number(minutes) > 30
  const wrongMail =
    value.mailMinutes !== null &&
    (!/^\d{1,4}$/.test(mailMinutes) || Number(mailMinutes) < 1 || Number(mailMinutes) > 1440)
  const changed =
    JSON.stringify(value) !== JSON.stringify(widget) ||
    minutes !== String(widget.liveMinutes) ||
    (value.mailMinutes !== null && mailMinutes !== String(widget.mailMinutes ?? 10)) ||
    sites !== widget.allowedSites.join('\n')
  const missing = value.name.trim() === ''
  const wrong =
    wrongMinutes ||
    wrongMail ||
    missing ||
    !areHoursRight(value.hours) ||
    !areFilesRight(value.media) ||
    !areFollowUpsRight(value) ||
    (value.privacy !== null && !isTermsAddress(value.privacy.url))

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    if (wrong) {
      setTried(true)
      // What is wrong is marked with the next drawing.
      return void requestAnimationFrame(() => form.current && focusFirstWrong(form.current))
    }
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
    <div className="grid gap-x-10 gap-y-6 full:grid-cols-[minmax(0,40rem)_18rem]">
      <aside className="full:order-last">
        <div className="full:sticky full:top-0">
          <p className="px-1 pb-3 text-body font-semibold max-full:hidden" aria-hidden="true">
            {t('widget.previewTitle')}
          </p>
          <WidgetPreview value={value} locale={locale} />
        </div>
      </aside>
      <ShowChecks value={tried}>
        <form ref={form} onSubmit={save} aria-label={widget.name} className="flex flex-col gap-7" noValidate>
          <PagePart title={t('widget.basics')}>
            <Card>
              <Field
                label={t('widget.name')}
                name="name"
                value={value.name}
                onChange={(name) => set({ name })}
                check={missing ? t('setUp.missing') : undefined}
                maxLength={80}
                required
              />
              <ColorField
                label={t('widget.color')}
                value={value.color}
                onChange={(color) => set({ color })}
                help={t('widget.colorHelp')}
                pick={t('widget.colorPick')}
                wrong={t('widget.colorWrong')}
              />
              <Choice
                label={t('widget.locale')}
                value={value.locale}
                options={languages}
                onChange={(locale) => set({ locale })}
              />
              <div className="flex flex-col gap-3">
                <WidgetRouting value={value} set={set} />
              </div>
              <Field
                label={t('widget.liveMinutes')}
                name="minutes"
                value={minutes}
                onChange={(text) => setMinutes(text.trim())}
                check={wrongMinutes ? t('widget.liveMinutesWrong') : undefined}
                help={t('widget.liveMinutesHelp')}
                maxLength={2}
              />
              <div className="flex flex-col gap-4">
                <ToggleRow
                  label={t('widget.mail')}
                  on={value.mailMinutes !== null}
                  onChange={(on) => set({ mailMinutes: on ? 10 : null })}
                />
                {value.mailMinutes === null ? null : (
                  <Field
                    label={t('widget.mailMinutes')}
                    name="mail-minutes"
                    value={mailMinutes}
                    onChange={(text) => setMailMinutes(text.trim())}
                    check={wrongMail ? t('widget.mailMinutesWrong') : undefined}
                    help={t('widget.mailMinutesHelp')}
                    maxLength={4}
                  />
                )}
              </div>
              <TextArea
                label={t('widget.sites')}
                value={sites}
                onChange={setSites}
                help={t('widget.sitesHelp')}
                isCode
              />
            </Card>
          </PagePart>
          <WidgetHours value={value.hours} onChange={(hours) => set({ hours })} />
          <WidgetFiles value={value.media} onChange={(media) => set({ media })} />
          <WidgetWording value={value} set={set} locale={locale} setLocale={setLocale} />
          <FormError text={error} />
          <SaveBar shown={changed} busy={busy} discard={discard} />
        </form>
      </ShowChecks>
    </div>
  )
}
