import type { ServerFrame } from '@foyer/contract/protocol.ts'
import type { Log } from '../../platform/log.ts'

/** One follower of a conversation and how far it has been told. */
export type Follower = { send(frame: ServerFrame): void; sendText(text: string): void; n: number }

type AnyPacket = Extract<ServerFrame, { type: 'packet' }>['packet']
type Feed = { followers: Set<Follower>; reading: boolean; again: boolean }

export type Feeds = {
  /** Adds a follower that has been told everything up to its `n`. */
  follow(key: string, follower: Follower): void
  unfollow(key: string, follower: Follower): void
  isFollowed(key: string): boolean
  /** A packet made by this process: goes out at once to all who are just before it. */
  deliver(key: string, packet: AnyPacket): void
  /** Something changed elsewhere, or may have: whoever is behind `n` is brought up to date from the database. */
  catchUp(key: string, n: number): void
  /** Every followed conversation may have changed. */
  catchUpAll(): void
}

/**
 * Brings each follower of a conversation every change once and in order, whichever way the news arrives. A follower that
 * is exactly before a packet gets it directly; any other is served from the database, one reading at a time for each
 * conversation.
 *
 * @param read gives the changes after a number, or a snapshot; it throws when the conversation is gone.
 */
export function createFeeds(read: (key: string, after: number) => Promise<AnyPacket>, log: Log): Feeds {
  const feeds = new Map<string, Feed>()

  function tell(follower: Follower, packet: AnyPacket, text: string): void {
    if (follower.n >= packet.n) return
    follower.n = packet.n
    follower.sendText(text)
  }

  async function bringUp(key: string, feed: Feed): Promise<void> {
    if (feed.reading) {
      feed.again = true
      return
    }
    feed.reading = true
    try {
      do {
        feed.again = false
        if (feed.followers.size === 0) return
        // Whoever has nothing yet needs a snapshot, which replaces what a client has: the others are spared it.
        const newcomers = [...feed.followers].filter((follower) => follower.n < 0)
        const others = [...feed.followers].filter((follower) => follower.n >= 0)
        for (const group of [others, newcomers]) {
          if (group.length === 0) continue
          const packet = await read(key, Math.min(...group.map((follower) => follower.n)))
          const text = frameText(packet)
          for (const follower of group) if (feed.followers.has(follower)) tell(follower, packet, text)
        }
      } while (feed.again)
    } catch (err) {
      log.warn('Followers of a conversation could not be brought up to date; their heartbeat will.', {
        error: err,
        subject: key,
      })
    } finally {
      feed.reading = false
    }
  }

  return {
    follow(key, follower) {
      const feed = feeds.get(key) ?? { followers: new Set(), reading: false, again: false }
      feeds.set(key, feed)
      feed.followers.add(follower)
    },
    unfollow(key, follower) {
      const feed = feeds.get(key)
      if (!feed) return
      feed.followers.delete(follower)
      if (feed.followers.size === 0 && !feed.reading) feeds.delete(key)
    },
    isFollowed: (key) => (feeds.get(key)?.followers.size ?? 0) > 0,
    deliver(key, packet) {
      const feed = feeds.get(key)
      if (!feed) return
      const text = frameText(packet)
      let behind = false
      for (const follower of feed.followers) {
        if (follower.n >= packet.prev) tell(follower, packet, text)
        else behind = true
      }
      if (behind) void bringUp(key, feed)
    },
    catchUp(key, n) {
      const feed = feeds.get(key)
      if (!feed) return
      for (const follower of feed.followers) {
        if (follower.n < n) {
          void bringUp(key, feed)
          return
        }
      }
    },
    catchUpAll() {
      for (const [key, feed] of feeds) if (feed.followers.size > 0) void bringUp(key, feed)
    },
  }
}

function frameText(packet: AnyPacket): string {
  return JSON.stringify({ type: 'packet', packet } satisfies ServerFrame)
}
