import type { Api } from '@foyer/client/api.ts'
import type { OutboxItem } from '@foyer/client/outbox.ts'
import type { setMyEmail } from '@foyer/contract/mail.ts'
import type {
  listMyConversations,
  listMyEntries,
  markMyReading,
  reactAsContact,
  readMyConversation,
  startConversation,
  writeMessage,
} from '@foyer/contract/messenger.ts'
import type { AnswerOf, BodyOf } from '@foyer/contract/route.ts'

const root = '/api/v1/messenger/conversations'

/** What a contact asks of the server. Only the contract's types are taken: its schemas weigh more than this whole frame. */
export type Requests = ReturnType<typeof createRequests>

export function createRequests(api: Api) {
  return {
    list: (cursor: string | null) =>
      api.request<AnswerOf<typeof listMyConversations>>('GET', root, { query: { cursor } }),
    read: (id: string) => api.request<AnswerOf<typeof readMyConversation>>('GET', `${root}/${id}`),
    entriesBefore: (id: string, before: number) =>
      api.request<AnswerOf<typeof listMyEntries>>('GET', `${root}/${id}/entries`, {
        query: { before, limit: 30 },
      }),
    leaveEmail: (email: string) =>
      api.request<void>('PUT', '/api/v1/messenger/email', {
        body: { email } satisfies BodyOf<typeof setMyEmail>,
      }),
    /** Asks for a link to the conversation that goes on elsewhere. */
    sendLink: () => api.request<void>('POST', '/api/v1/messenger/link'),
    mark: (id: string, body: BodyOf<typeof markMyReading>) =>
      api.request<void>('PUT', `${root}/${id}/reading`, { body }),
    /** Changes what was said before. */
    change: (id: string, what: 'reactions' | 'erasures', body: object) =>
      api.request<AnswerOf<typeof reactAsContact>>('PUT', `${root}/${id}/${what}`, { body }),
    /** `mark`: what this browser was given when a contact of it was blocked. */
    send({ id, text, files, conversationId, start }: OutboxItem, mark: string | null, signal: AbortSignal) {
      const message = { id, text, ...(files ? { files: files.map((file) => file.id) } : {}) }
      if (!start)
        return api.request<AnswerOf<typeof writeMessage>>('POST', `${root}/${conversationId}/messages`, {
          body: message satisfies BodyOf<typeof writeMessage>,
          signal,
        })
      const body = { id: conversationId, ...start, ...(mark ? { mark } : {}), message }
      return api.request<AnswerOf<typeof startConversation>>('POST', root, {
        body: body satisfies BodyOf<typeof startConversation>,
        signal,
      })
    },
  }
}

export function socketAddress(): string {
  const address = new URL('/api/v1/socket', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  return address.href
}
