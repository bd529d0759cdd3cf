import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { chime } from './chime.ts'
import { Peek, usePeek } from './peek.tsx'
import { type Scene, SceneProvider, useChanges, useScene } from './scene.ts'
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
  const here = scene.isClosed ? 'away' : (conversations.available() ?? scene.available)
  const available = conversations.isCut() ? null : here
  const asked = panel.state().focus
  const isOpen = panel.state().open

  useLayoutEffect(() => {
    document.documentElement.classList.toggle('opened', isOpen)
  }, [isOpen])

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
      <Arrivals show={show} />
    </SceneProvider>
  )
}

/** What is seen and heard of words that come while nobody looks. */
function Arrivals({ show }: { show: (id: string) => void }) {
  const { conversations, panel } = useScene()
  useChanges(conversations)
  useChanges(panel)
  const { head, dismiss } = usePeek()
  const unread = conversations.unread()
  const heard = useRef<number | null>(null)
  useEffect(() => {
    if (heard.current !== null && unread > heard.current && !panel.seen()) void chime()
    if (conversations.loading() === 'no') heard.current = unread
  })
  const isOpen = panel.state().open
  const peeked = useRef<string | null>(null)
  useEffect(() => {
    if (isOpen && peeked.current) show(peeked.current)
    peeked.current = isOpen ? null : (head?.id ?? null)
  })
  return head && <Peek head={head} dismiss={dismiss} />
}
