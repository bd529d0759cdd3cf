import { inkOn } from '@foyer/client/color.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type { Widget } from '@foyer/contract/widgets.ts'
import { MessageCircle, SendHorizontal } from 'lucide-react'
import { useMessengerWords } from '../../messenger-words.ts'
import { useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'

/** How the messenger will look and greet, while its widget is being changed. */
export function WidgetPreview({ value, locale }: { value: Widget; locale: Locale }) {
  const t = useText()
  const words = useMessengerWords(locale)
  const brand = { background: value.color, color: inkOn(value.color) }
  const welcome = value.texts.welcome[locale] ?? value.texts.welcome[value.locale]
  return (
    <div className="flex flex-col items-end gap-3" role="img" aria-label={t('widget.preview')}>
      <div
        className="w-full overflow-hidden rounded-xl bg-raised shadow-float"
        lang={locale}
        aria-hidden="true"
      >
        <div className="flex flex-col gap-1 px-4 pt-4 pb-5" style={brand}>
          <span className="truncate text-base font-semibold">{value.name || '–'}</span>
          <span className="min-h-4 text-small">{words?.('state.available')}</span>
        </div>
        <div className={classes('flex min-h-52 flex-col gap-2.5 p-4 text-dense', !words && 'invisible')}>
          <p className="max-w-[85%] self-start rounded-lg bg-press px-3 py-2 whitespace-pre-line wrap-anywhere">
            {welcome ?? words?.('start.greeting')}
          </p>
          <p className="max-w-[85%] self-end rounded-lg px-3 py-2" style={brand}>
            {words?.('widget.previewQuestion')}
          </p>
          {value.privacy ? (
            <p className="mt-auto text-small text-faint">
              {value.privacy.text[locale] ?? words?.('privacy.text', { name: value.name })}
            </p>
          ) : null}
        </div>
        <div className="flex items-center gap-2 border-t border-line py-2 ps-4 pe-2 text-dense text-faint">
          <span className="grow truncate">{words?.('composer.placeholder')}</span>
          <span className="grid size-8 place-items-center rounded-full" style={brand}>
            <SendHorizontal size={15} />
          </span>
        </div>
      </div>
      <span
        className="grid size-14 place-items-center rounded-full shadow-float"
        style={brand}
        aria-hidden="true"
      >
        <MessageCircle size={26} />
      </span>
    </div>
  )
}
