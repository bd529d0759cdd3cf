import { type Emoji, type Tone, withRecent } from '@foyer/client/emoji.ts'
import { loadEmoji } from '@foyer/client/emoji-load.ts'
import { useEffect, useState } from 'react'
import { type EmojiText, loadEmojiTexts } from './emoji-texts.ts'
import { useLocale } from './text.tsx'
import { EmojiPicker as Picker } from './ui/emoji-picker.tsx'
import { useKept } from './ui/kept.ts'
import { useMedia } from './ui/media.ts'

const mostRecent = 18

/** The picker in the reader's language, with what this browser knows of them. `stays`: they want to pick more than one. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string, stays: boolean) => void }) {
  const locale = useLocale()
  const isCoarse = useMedia('(pointer: coarse), (width < 47.5rem)')
  const [loaded, setLoaded] = useState<{ all: readonly Emoji[]; t: EmojiText } | null>(null)
  const [recent, keepRecent] = useKept<readonly string[]>('emoji-recent', [])
  // Under the hand nothing changes places: those picked now are among the recent ones next time.
  const [recentThen] = useState(recent)
  const [tone, keepTone] = useKept<Tone>('emoji-tone', 0)
  useEffect(() => {
    let dropped = false
    void Promise.all([loadEmoji(locale), loadEmojiTexts(locale)]).then(
      ([all, t]) => dropped || setLoaded({ all, t }),
    )
    return () => {
      dropped = true
    }
  }, [locale])
  if (!loaded) return null
  const { all, t } = loaded
  return (
    <Picker
      all={all}
      recent={recentThen}
      tone={tone}
      onTone={keepTone}
      onPick={(emoji, stays) => {
        keepRecent(withRecent(recent, emoji, mostRecent))
        onPick(emoji, stays)
      }}
      isCoarse={isCoarse}
      words={{
        search: t('search'),
        nothing: t('nothing'),
        found: (count) => t('found', { count }),
        tones: t('tones'),
        tone: (each) => t(`tone.${each}`),
        group: (group) => t(`group.${group}`),
      }}
    />
  )
}
