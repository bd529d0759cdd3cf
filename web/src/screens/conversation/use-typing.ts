import { elapsed } from '@foyer/client/clock.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useMe } from '../../session.ts'
import { useSync } from '../../sync.ts'

const repeatMs = 3_000
const idleMs = 5_000
/** A signal that is not renewed is forgotten: its sender may have lost the connection. */
const forgetMs = 7_000

/** Tells the other side that one is writing: when it starts, every few seconds, and when it stops. */
export function useTypingSignal(conversationId: string): (on: boolean) => void {
  const { live } = useSync()
  const sentAt = useRef<number | null>(null)
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined)
  const signal = useCallback(
    (on: boolean) => {
      clearTimeout(idle.current)
      if (on) {
        idle.current = setTimeout(() => signal(false), idleMs)
        if (sentAt.current !== null && elapsed() - sentAt.current < repeatMs) return
        sentAt.current = elapsed()
        live.typing(conversationId, true)
      } else if (sentAt.current !== null) {
        sentAt.current = null
        live.typing(conversationId, false)
      }
    },
    [live, conversationId],
  )
  useEffect(() => () => signal(false), [signal])
  return signal
}

export type Writer = { kind: 'operator' | 'contact'; id: string; name: string | null }

/** Who else is writing in a conversation right now. */
export function useWriters(conversationId: string): readonly Writer[] {
  const me = useMe()
  const { live } = useSync()
  const [writers, setWriters] = useState<readonly Writer[]>([])
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>()
    function drop(id: string) {
      clearTimeout(timers.get(id))
      timers.delete(id)
      setWriters((now) => (now.some((each) => each.id === id) ? now.filter((each) => each.id !== id) : now))
    }
    const stop = live.onFrame((frame) => {
      if (frame.type === 'packet' && frame.packet.conversationId === conversationId) {
        // Whoever has just sent something is no longer writing it.
        for (const entry of frame.packet.entries) if ('actor' in entry && entry.actor.id) drop(entry.actor.id)
      }
      if (frame.type !== 'typing' || frame.conversationId !== conversationId || frame.by.id === me.id) return
      const { by, on } = frame
      drop(by.id)
      if (!on) return
      timers.set(
        by.id,
        setTimeout(() => drop(by.id), forgetMs),
      )
      setWriters((now) => [...now.filter((each) => each.id !== by.id), by])
    })
    return () => {
      stop()
      for (const timer of timers.values()) clearTimeout(timer)
    }
  }, [live, conversationId, me.id])
  return writers
}
