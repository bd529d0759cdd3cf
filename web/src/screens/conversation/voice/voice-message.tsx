import type { FileShown, Voice } from '@foyer/contract/entries/file.ts'
import { clockOf } from '@foyer/contract/voice.ts'
import { Download } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import { useLocale, useText } from '../../../text.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { useFileActions } from '../files/use-file-actions.ts'
import { usePlayer, usePlaying } from './player.ts'
import { useVoiceText } from './voice-texts.ts'
import { VoiceTrack } from './voice-track.tsx'

/** A voice message in the log: played where it stands, as fast as one likes, one at a time. */
export function VoiceMessage({ file, voice }: { file: FileShown; voice: Voice }) {
  const t = useText()
  const say = useVoiceText()
  const { isGone } = usePlaying(file.id)
  const { save } = useFileActions(file)
  const label = t('voice.message', { clock: clockOf(voice.ms) })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form
    <div
      role="group"
      aria-label={label}
      data-file={file.id}
      data-voice={file.id}
      className="flex w-80 max-w-full items-center gap-1 rounded-2xl border border-line bg-raised py-1.5 ps-2 pe-1 text-ink"
    >
      <VoiceTrack id={file.id} ms={voice.ms} peaks={voice.peaks} />
      {isGone ? <span className="px-1 text-small text-faint">{say('gone')}</span> : <Speed />}
      <IconButton label={t('files.download', { name: label })} onPress={save}>
        <Download size={15} aria-hidden="true" />
      </IconButton>
    </div>
  )
}

/** How fast all of them are played. */
function Speed() {
  const say = useVoiceText()
  const locale = useLocale()
  const player = usePlayer()
  const rate = new Intl.NumberFormat(locale).format(useSyncExternalStore(player.subscribe, player.rate))
  return (
    <Button
      aria-label={say('speed', { rate })}
      onPress={() => player.nextRate()}
      className="thumb tabular flex h-7 min-w-9 shrink-0 items-center justify-center rounded-md text-small font-medium text-soft transition-colors data-hovered:bg-hover data-hovered:text-ink"
    >
      {rate}×
    </Button>
  )
}
