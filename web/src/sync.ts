import { ApiFailure } from '@foyer/client/api.ts'
import { serverNow } from '@foyer/client/clock.ts'
import { createLive, type Live } from '@foyer/client/live.ts'
import { createOutbox, type Outbox } from '@foyer/client/outbox.ts'
import type { Changed, Packet } from '@foyer/contract/changes.ts'
import type { Contact } from '@foyer/contract/contacts.ts'
import {
  endConversation,
  type Head,
  type ListName,
  listNames,
  readConversation,
  sendMessage,
  type Written,
} from '@foyer/contract/conversations.ts'
import { listDrafts, saveDraft } from '@foyer/contract/drafts.ts'
import { kindOf } from '@foyer/contract/entries/kinds.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import type { Me } from '@foyer/contract/operators.ts'
import { type ServerFrame, socketPath } from '@foyer/contract/protocol.ts'
import { createSocketTicket } from '@foyer/contract/sessions.ts'
import { countsShown, digest } from '@foyer/contract/state.ts'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useSyncExternalStore } from 'react'
import { api, codeOf, sessionLost } from './api.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { createEnds, type Ends } from './ends.ts'
import { type Files, startFiles } from './files.ts'
import { guess } from './foresight.ts'
import { firstPageSize, type Lists, startLists } from './list-cache.ts'
import { sessionKey } from './session.ts'
import { createTurns, type InTurn } from './turns.ts'

export type DeskLive = Live<Entry, Head>
export type Sync = {
  live: DeskLive
  outbox: Outbox
  drafts: Drafts
  lists: Lists
  ends: Ends
  files: Files
  inTurn: InTurn
  /** Sends what could still be taken back; whoever goes waits for it, but not for a line that is away. */
  finish: () => Promise<void>
  stop: () => void
}

/** A request that has waited so long while the line is away went out on a connection that is dead. */
const hungMs = 6_000
/** Logging out waits so long for what is being sent. */
const finishMs = 3_000

/** What is read again when something has changed, by the first word of its key; of all else, what has the same name. */
const readAgain: Partial<Record<Changed, readonly unknown[]>> = {
  me: sessionKey,
  drafts: [],
  // It brings and takes operators, contacts and conversations, which are not told of one by one.
  sample: ['sample', 'operators', 'contact', 'arrivals'],
}

/** Connects what the socket says with what the screens show, for as long as somebody is logged in. */
export function startSync(queries: QueryClient, me: Me, told: { onWritten: (head: Head) => void }): Sync {
  const live: DeskLive = createLive<Entry, Head>({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${socketPath}`,
    build: __BUILD__,
    hello: (signal) => api.call(createSocketTicket, { signal }),
    trying: () => api.abandon(hungMs),
  })
  const lists = startLists(queries, me.id)
  const turns = createTurns()
  const drafts = createDrafts({
    meId: me.id,
    storage: localStorage,
    list: async () => (await api.call(listDrafts)).items,
    save: ({ conversationId, ...body }) => api.call(saveDraft, { params: { conversationId }, body }),
  })
  const ends = createEnds({
    storage: localStorage,
    storageKey: `foyer:ends:${me.id}`,
    now: serverNow,
    show(head) {
      const change = {
        state: 'ended',
        live: false,
        waitingSince: null,
        endedAt: new Date(serverNow()).toISOString(),
      } as const
      const drop = guess(head.id, { n: Number.POSITIVE_INFINITY, change })
      const takeBack = lists.foresee(head.id, change)
      return () => {
        takeBack()
        drop()
      }
    },
    async send({ id, conversationId, seen }, { leaving }) {
      const path = endConversation.path.replace(':conversationId', conversationId)
      try {
        const { packet } = await inTurn(conversationId, () =>
          api.request<Written>('PUT', path, { body: { id, seen }, keepalive: leaving }),
        )
        live.take(packet)
        lists.take(packet.head)
      } catch (failure) {
        const code = codeOf(failure)
        // Without a session it waits for the same person.
        if (code === 'session.required' || (failure instanceof ApiFailure && failure.retryable)) throw failure
        // Ended by somebody else, or a colleague's by now: there is nothing left to ask for.
        if (code !== 'conversation.changed_meanwhile') return null
        const now = await api.call(readConversation, { params: { conversationId } })
        live.take(now)
        lists.take(now.head)
        return now.head
      }
      return null
    },
    onWritten: told.onWritten,
  })
  ends.flush()
  const otherTab = ({ key }: StorageEvent) => {
    drafts.kept(key)
    ends.kept(key)
  }
  window.addEventListener('storage', otherTab)
  const files = startFiles(me.id, () => outbox.items())
  const outbox: Outbox = createOutbox({
    storage: localStorage,
    storageKey: `foyer:outbox:${me.id}`,
    unreached: live.doubt,
    files: files.uploads.ofOutbox,
    send: async ({ id, conversationId, text, content, files, macroIds }, signal, { leaving }) => {
      const path = sendMessage.path.replace(':conversationId', conversationId)
      const written = content ? { content } : { text }
      const body = {
        id,
        ...written,
        ...(files ? { files: files.map((file) => file.id) } : {}),
        ...(macroIds ? { macroIds } : {}),
      }
      const { packet } = await turns(conversationId, () =>
        api.request<Written>('POST', path, { body, signal, keepalive: leaving }),
      )
      live.take(packet)
      lists.take(packet.head)
      drafts.renew(conversationId, 'message')
    },
  })

  // What was written before something else is done goes before it.
  const inTurn: InTurn = (conversationId, ask) => {
    outbox.release({ conversationId })
    return turns(conversationId, ask)
  }
  const leave = () => {
    outbox.release({ leaving: true })
    ends.flush({ leaving: true })
  }
  window.addEventListener('pagehide', leave)

  live.setLists(() => {
    const digests: Partial<Record<ListName, string | null>> = {}
    let of: { group?: string } = {}
    for (const list of listNames) {
      const shown = lists.firstPage(list)
      if (!shown) continue
      const { page, group } = shown
      digests[list] = page && digest(page.items.slice(0, firstPageSize), countsShown(list, page.counts))
      if (group !== undefined) of = { group }
    }
    return { digests, ...of }
  })

  function take(head: Head): void {
    lists.take(head)
    ends.hear(head)
  }

  function receive(frame: ServerFrame): void {
    if (frame.type === 'head')
      take(frame.head as Head) // operators' sockets carry operators' heads
    else if (frame.type === 'packet') takePacket(frame.packet as Packet<Entry, Head>)
    else if (frame.type === 'stale') lists.refresh(frame.list)
    else if (frame.type === 'presence') {
      queries.setQueryData<Contact>(['contact', frame.contactId], (contact) =>
        contact ? { ...contact, online: frame.online } : contact,
      )
      // Who comes and goes may have left an address, or proven it.
      void queries.invalidateQueries({ queryKey: ['contact', frame.contactId] })
    } else if (frame.type === 'changed') {
      if (frame.what === 'drafts') drafts.changed(frame.version)
      if (frame.what === 'sample') for (const list of listNames) lists.refresh(list)
      for (const what of readAgain[frame.what] ?? [frame.what])
        void queries.invalidateQueries({ queryKey: [what] })
    }
  }

  function takePacket({ head, entries }: Packet<Entry, Head>): void {
    take(head)
    if (entries.some((entry) => kindOf(entry)?.isAboutContact))
      void queries.invalidateQueries({ queryKey: ['contact', head.contact.id] })
  }

  let before = live.status()
  const stops = [
    live.onFrame(receive),
    live.subscribe(() => {
      const status = live.status()
      if (status === before) return
      before = status
      if (status === 'live') {
        outbox.wake()
        files.uploads.now()?.wake()
        files.links.renew()
        drafts.wake()
        ends.flush()
        // What is not counted in numbers is read again after a cut.
        void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'list' })
      } else if (status === 'stopped' && live.stopReason() === 'unauthorized') sessionLost()
    }),
    lists.onFollow(() => live.sendLists()),
  ]
  return {
    live,
    outbox,
    lists,
    drafts,
    ends,
    files,
    inTurn,
    async finish() {
      outbox.release()
      await outbox.settled(finishMs)
      await ends.finish()
    },
    stop() {
      files.stop()
      window.removeEventListener('storage', otherTab)
      drafts.stop()
      for (const stop of stops) stop()
      live.stop()
      outbox.stop()
      window.removeEventListener('pagehide', leave)
      ends.stop()
      lists.stop()
    },
  }
}

const SyncContext = createContext<Sync | null>(null)
export const SyncProvider = SyncContext

export function useSync(): Sync {
  const sync = useContext(SyncContext)
  if (!sync) throw new Error('There is no connection here.')
  return sync
}

/** A value read from the connection, renewed when it changes. `read` must answer the same thing until it does. */
export function useLive<Value>(read: (live: DeskLive) => Value): Value {
  const { live } = useSync()
  return useSyncExternalStore(live.subscribe, () => read(live))
}

/** What was written in a conversation and is not acknowledged yet. */
export function useOutbox(): ReturnType<Outbox['items']> {
  const { outbox } = useSync()
  return useSyncExternalStore(outbox.subscribe, outbox.items)
}
