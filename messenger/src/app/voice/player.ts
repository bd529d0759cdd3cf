import type { FileLinks } from '@foyer/client/file-links.ts'
import { createVoicePlayer, nextVoice, type VoicePlayer } from '@foyer/client/voice-player.ts'
import { useChanges, useScene } from '../scene.ts'

let player: VoicePlayer | null = null

/** The page's player of voice messages; drawn anew as it plays. What was just recorded has its address for a name. */
export function usePlayer(): VoicePlayer {
  const { files } = useScene()
  player ??= createVoicePlayer({
    async address(id) {
      if (id.startsWith('blob:')) return id
      await files.uploads.open()
      // It was opened a line ago.
      const { links } = files.part() as { links: FileLinks }
      return links.fresh(id, 'shown')
    },
    next: (id) => nextVoice(id, '.message'),
  })
  useChanges(player)
  return player
}
