import { useEffect, useState } from 'preact/hooks'
import { type Scene, SceneProvider, useChanges } from './scene.ts'
import { ConversationScreen } from './screens/conversation.tsx'
import { Start } from './screens/start.tsx'
import type { Keeper } from './storage.ts'

/** The messenger as a whole: which screen is shown, and where the focus goes. */
export function App({ scene, tab }: { scene: Scene; tab: Keeper }) {
  const { panel, conversations } = scene
  const [shown, setShown] = useState(() => tab.get('shown'))
  const [moves, setMoves] = useState(0)
  useChanges(panel)
  useChanges(conversations)
  // Without a line nobody knows who is there.
  const here = scene.isClosed ? false : (conversations.available() ?? scene.available)
  const available = conversations.isCut() ? null : here
  const asked = panel.state().focus

  function show(id: string | null): void {
    tab.set('shown', id)
    setShown(id)
    setMoves(moves + 1)
  }

  const isGone = shown !== null && conversations.isGone(shown)
  useEffect(() => {
    if (isGone) show(null)
  })

  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') panel.close()
    }
    window.addEventListener('keydown', leave)
    return () => window.removeEventListener('keydown', leave)
  }, [panel])

  // A move within the messenger takes the focus along, and so does opening it by hand.
  const focus = asked + moves
  return (
    <SceneProvider value={{ ...scene, available }}>
      {shown ? (
        <ConversationScreen id={shown} focus={focus} back={() => show(null)} />
      ) : (
        <Start focus={focus} open={show} />
      )}
    </SceneProvider>
  )
}
