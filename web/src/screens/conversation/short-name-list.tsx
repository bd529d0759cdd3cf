import { useText } from '../../text.tsx'
import { OfferList } from './offer-list.tsx'
import type { useShortNames } from './use-short-names.ts'

/** The emoji that are offered. */
export function ShortNameList({ shortNames }: { shortNames: ReturnType<typeof useShortNames> }) {
  const t = useText()
  return (
    <OfferList offers={shortNames} label={t('emoji.open')} count={(count) => t('emoji.found', { count })}>
      {({ emoji, name }) => (
        <>
          <span className="w-6 shrink-0 text-center font-emoji text-[1.125rem] leading-none">{emoji}</span>
          <span className="truncate">{name}</span>
        </>
      )}
    </OfferList>
  )
}
