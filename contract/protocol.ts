import type { Changed, Packet } from './changes.ts'
import type { Head, ListName } from './conversations.ts'
import type { Entry, PublicEntry } from './entries.ts'
import type { ErrorCode } from './errors.ts'
import type { PublicHead } from './messenger.ts'
import type { SignColumn, SignKind } from './signs.ts'

/** The socket stands at `/api/v1/socket`. A client's frames are JSON objects with a `type`, at most 8 KiB; its hello at most 1 KiB. */
export const socketPath = '/api/v1/socket'
/** A client that speaks another number is told to reload. */
export const protocolVersion = 1

/** Close codes of our own; the rest are RFC 6455's. */
export const closeCodes = {
  /** No valid hello within ten seconds, or a wrong ticket or token. */
  unauthorized: 4401,
  /** A frame that breaks this protocol. */
  badFrame: 4400,
  /** The line took nothing for too long: reconnect and resume. */
  slow: 4408,
  /** Frames or bytes came faster than allowed. */
  flood: 4429,
  /** The rights behind this socket ended (log-out, revoked session). */
  revoked: 4403,
  /** The session goes on under another id: reconnect. */
  renewed: 4410,
  /** The client is too old or too new for this server. */
  version: 4426,
  /** The process is stopping: reconnect after the hint. */
  stopping: 1012,
} as const

/**
 * The server asks the browser itself for a sign of life this often (a ping of the WebSocket protocol, which a stalled page
 * answers, too) and takes it for gone when it is silent. A client sends `ping` at least as often, and takes the line for
 * dead when that stays unanswered.
 */
export const heartbeatSeconds = 25

/** Frames the server sends. */
export type ServerFrame =
  | { type: 'welcome'; protocol: number; build: string; epoch: string; now: string }
  | { type: 'packet'; packet: Packet<Entry, Head> | Packet<PublicEntry, PublicHead> }
  /** A head of a list the client follows, or of one of the contact's own conversations. */
  | { type: 'head'; epoch: string; head: Head | PublicHead }
  /** What the client shows of this list is not what the server has: read it again. */
  | { type: 'stale'; list: ListName }
  | {
      type: 'typing'
      conversationId: string
      by: { kind: 'operator' | 'contact'; id: string; name: string | null }
      on: boolean
    }
  /** Something happened of which the operator wants to be told; `n` is the change, `by` the colleague whose doing it was. */
  | { type: 'sign'; kind: SignKind; column: SignColumn; n: number; by: string | null; head: Head }
  /** A contact came or went. */
  | { type: 'presence'; contactId: string; online: boolean }
  /** Availability as contacts see it. */
  | { type: 'available'; available: boolean; free: boolean }
  /** A row of this kind changed; the newest version wins, read it again. */
  | { type: 'changed'; what: Changed; version: number }
  | { type: 'error'; code: ErrorCode; conversationId?: string }
  /** The process is about to close the socket: come back after so many milliseconds. */
  | { type: 'stopping'; retryAfterMs: number }
  /** Answers a ping, with the server's time. */
  | { type: 'pong'; now?: string }
