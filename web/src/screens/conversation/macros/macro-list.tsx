import { Go } from '../../../link.tsx'
import { useText } from '../../../text.tsx'
import { Keys } from '../../../ui/keys.tsx'
import { MessageText } from '../message-text.tsx'
import { OfferList } from '../offer-list.tsx'
import type { Macros } from './use-macros.ts'

/** The macros that are offered, and what the one that is meant would say. */
export function MacroList({ macros }: { macros: Macros }) {
  const t = useText()
  const { offers, isLoading, hasNone, isEmpty, preview } = macros
  if (isLoading || (hasNone && (isEmpty || offers.query === '')))
    return (
      <p
        role="status"
        className="absolute start-0 bottom-full z-20 mb-2 w-72 max-w-full rounded-lg border border-line bg-raised p-3 text-dense text-soft shadow-float"
      >
        {isLoading ? t('macros.loading') : t('macros.none')}{' '}
        {isLoading ? null : (
          <Go
            to="/settings/macros"
            onPointerDown={(event) => event.preventDefault()}
            className="font-medium text-accent underline underline-offset-2"
          >
            {t('macros.make')}
          </Go>
        )}
      </p>
    )
  return (
    <OfferList
      offers={offers}
      label={t('macros.title')}
      count={(count) => t('macros.found', { count })}
      beside={(macro) => {
        const { text, content } = preview(macro)
        return (
          <div className="flex flex-col gap-2">
            <div className="wrap-anywhere whitespace-pre-wrap text-ink">
              <MessageText text={text} content={content} />
            </div>
            <p className="border-t border-line pt-2 text-small text-faint">{t('macros.enter')}</p>
          </div>
        )
      }}
    >
      {(macro) => (
        <span className="flex min-w-0 flex-1 flex-col py-1">
          <span className="flex items-baseline gap-2">
            <bdi className="truncate font-medium">{macro.name}</bdi>
            {macro.shortcut ? <bdi className="truncate text-small text-faint">!{macro.shortcut}</bdi> : null}
            {macro.key ? (
              <span className="ms-auto shrink-0">
                <Keys keys={t('macros.keys', { key: macro.key.toUpperCase() })} />
              </span>
            ) : null}
          </span>
          <bdi className="truncate text-small text-faint">{preview(macro).text.replace(/\s+/gu, ' ')}</bdi>
        </span>
      )}
    </OfferList>
  )
}
