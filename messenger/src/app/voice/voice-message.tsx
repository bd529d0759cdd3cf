import type { FileShown, Voice } from '@foyer/contract/entries/file.ts'
import { clockOf } from '@foyer/contract/voice.ts'
import { useScene } from '../scene.ts'
import { usePlayer } from './player.ts'
import { voiceText } from './texts.ts'
import { VoiceTrack } from './voice-track.tsx'
import '../styles/voice.css'

/** A voice message in the log: played where it stands, as fast as one likes, one at a time. */
export function VoiceMessage({ file, voice }: { file: FileShown; voice: Voice }) {
  const { t } = useScene()
  const say = voiceText()
  const player = usePlayer()
  const rate = new Intl.NumberFormat(document.documentElement.lang).format(player.rate())
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form
    <div
      class="voice"
      role="group"
      aria-label={t('voice.message', { clock: clockOf(voice.ms) })}
      data-file={file.id}
      data-voice={file.id}
    >
      <VoiceTrack id={file.id} ms={voice.ms} peaks={voice.peaks} />
      <button
        type="button"
        class="speed"
        aria-label={say('speed', { rate })}
        onClick={() => player.nextRate()}
      >
        {rate}×
      </button>
    </div>
  )
}
