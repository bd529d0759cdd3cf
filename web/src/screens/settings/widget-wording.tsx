import type { Locale } from '@foyer/contract/scalars.ts'
import type { AutomaticTexts, Widget } from '@foyer/contract/widgets.ts'
import { useMessengerWords } from '../../messenger-words.ts'
import { languages, useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { Card, PagePart } from './page-part.tsx'
import { ToggleRow } from './toggle-row.tsx'
import { WidgetFollowUps } from './widget-follow-ups.tsx'

type WordingProps = {
  value: Widget
  set: (change: Partial<Widget>) => void
  /** The language being written in. */
  locale: Locale
  setLocale: (locale: Locale) => void
}

/** A text in one more language, or without it. */
function put(of: Partial<Record<Locale, string>>, locale: Locale, text: string) {
  const { [locale]: _before, ...others } = of
  return text === '' ? others : { ...others, [locale]: text }
}

/** Whether the terms can be found: an address that begins with https. */
export function isTermsAddress(url: string): boolean {
  return /^https:\/\/[^\s.]+\.\S+$/.test(url)
}

/** What the messenger says by itself, language by language, and what it asks for before anything is written. */
export function WidgetWording({ value, set, locale, setLocale }: WordingProps) {
  const t = useText()
  const words = useMessengerWords(locale)
  const usual = t('widget.usualWords')
  const { texts, privacy } = value
  const say = (kind: keyof AutomaticTexts) => (text: string) =>
    set({ texts: { ...texts, [kind]: put(texts[kind], locale, text) } })
  return (
    <>
      <PagePart title={t('widget.texts')} text={t('widget.textsText')}>
        <Card>
          <Choice label={t('widget.textsIn')} value={locale} options={languages} onChange={setLocale} atEnd />
          <TextArea
            label={t('widget.welcome')}
            value={texts.welcome[locale] ?? ''}
            onChange={say('welcome')}
            placeholder={words?.('start.greeting') ?? usual}
            maxLength={300}
            rows={2}
            lang={locale}
          />
          <TextArea
            label={t('widget.away')}
            value={texts.away[locale] ?? ''}
            onChange={say('away')}
            placeholder={words?.('later.away') ?? usual}
            help={t('widget.awayHelp')}
            maxLength={500}
            rows={2}
            lang={locale}
          />
          <WidgetFollowUps value={value} set={set} locale={locale} say={say} />
        </Card>
      </PagePart>
      <PagePart title={t('widget.privacy')} text={t('widget.privacyText')}>
        <Card>
          <ToggleRow
            label={t('widget.privacyOn')}
            on={privacy !== null}
            onChange={(on) => set({ privacy: on ? { url: '', text: {} } : null })}
          />
          {privacy ? (
            <>
              <Field
                label={t('widget.privacyUrl')}
                name="privacy-url"
                value={privacy.url}
                onChange={(url) => set({ privacy: { ...privacy, url: url.trim() } })}
                check={isTermsAddress(privacy.url) ? undefined : t('widget.privacyUrlWrong')}
                maxLength={500}
              />
              <TextArea
                label={t('widget.privacyWords')}
                value={privacy.text[locale] ?? ''}
                onChange={(text) => set({ privacy: { ...privacy, text: put(privacy.text, locale, text) } })}
                placeholder={words?.('privacy.text', { name: value.name }) ?? usual}
                maxLength={1_000}
                lang={locale}
              />
            </>
          ) : null}
        </Card>
      </PagePart>
    </>
  )
}
