import type { FileLinks } from '@foyer/client/file-links.ts'
import { createVoicePlayer, nextVoice, type Playing, type VoicePlayer } from '@foyer/client/voice-player.ts'
import { useSyncExternalStore } from 'react'
import { useSync } from '../../../sync.ts'

const players = new WeakMap<FileLinks, VoicePlayer>()

/** The page's player of voice messages. What was just recorded has its address for a name. */
export function usePlayer(): VoicePlayer {
  const { links } = useSync().files
  let player = players.get(links)
  if (!player) {
    player = createVoicePlayer({
      address: async (id) => (id.startsWith('blob:') ? id : links.fresh(id, 'shown')),
      next: (id) => nextVoice(id, '[data-entry]'),
    })
    players.set(links, player)
  }
  return player
}

/** What the player does with one of them. */
export function usePlaying(id: string): Playing {
  const player = usePlayer()
  return useSyncExternalStore(player.subscribe, () => player.get(id))
}
