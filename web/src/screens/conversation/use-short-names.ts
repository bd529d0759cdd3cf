import { type Emoji, findEmoji, type Tone, withTone } from '@foyer/client/emoji.ts'
import { loadEmoji } from '@foyer/client/emoji-load.ts'
import { type RefObject, useEffect, useState } from 'react'
import { useLocale } from '../../text.tsx'
import { useKept } from '../../ui/kept.ts'
import { shortNameBefore } from './short-names.ts'
import { useOffers } from './use-offers.ts'
import type { WritingHandle } from './writing/handle.ts'

const mostOffered = 6

/** Offers emoji while the name of one is typed behind a colon. What they are called is loaded with the first such colon. */
export function useShortNames(field: RefObject<WritingHandle | null>, text: string) {
  const locale = useLocale()
  const [all, setAll] = useState<readonly Emoji[]>([])
  const [tone] = useKept<Tone>('emoji-tone', 0)
  const isNeeded = /:[\p{L}\p{N}+]/u.test(text)
  useEffect(() => {
    if (!isNeeded) return
    let dropped = false
    void loadEmoji(locale).then((loaded) => dropped || setAll(loaded))
    return () => {
      dropped = true
    }
  }, [isNeeded, locale])
  return useOffers(field, {
    typedBefore: shortNameBefore,
    find: (query) =>
      findEmoji(all, query, mostOffered).map(({ emoji, name, isToned }) => ({
        id: emoji,
        emoji: isToned ? withTone(emoji, tone) : emoji,
        name,
      })),
    put: ({ emoji }, length) => field.current?.replaceBefore(length, `${emoji} `),
  })
}
