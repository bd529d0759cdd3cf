import { type SignKind, signKinds } from '@foyer/contract/signs.ts'
import type { Bus, Notice } from '../../platform/bus/bus.ts'
import type { ConversationChange, HeadRow } from '../conversations/shapes.ts'
import { type Sign, signOf } from './model.ts'

/** What travels between processes of a sign: where its conversation stands, and whom it is for. */
export type SignNews = Sign & {
  organizationId: string
  conversationId: string
  /** The number of the change. */
  n: number
  assigneeId: string | null
  groupId: string | null
}

const topic = 'sign'

/** Tells every process of what may be a sign to somebody there. */
export type NewsOfSigns = {
  /** Tells of a change, if it may be one. */
  tell(change: ConversationChange): void
  /** @param listener `head`: as the change left it, where this process made it */
  on(listener: (news: SignNews, head: HeadRow | undefined) => void): () => void
}

export function createNews(bus: Bus): NewsOfSigns {
  return {
    tell(change) {
      const sign = signOf(change)
      if (sign) bus.publish(topic, write(change.head, sign), change.head)
    },
    on: (listener) =>
      bus.subscribe(topic, (notice, head) => {
        const news = read(notice)
        if (news) listener(news, head as HeadRow | undefined)
      }),
  }
}

function write(head: HeadRow, { kind, by, to }: Sign): Notice {
  return {
    o: head.organization_id,
    c: head.id,
    n: head.seq,
    a: head.assignee_id,
    g: head.group_id,
    s: kind,
    x: by,
    ...(to ? { t: to.join() } : {}),
  }
}

/** Null: of a kind that another build knows. */
function read(notice: Notice): SignNews | null {
  const kind: SignKind | undefined = signKinds.find((one) => one === notice.s)
  return kind
    ? {
        organizationId: String(notice.o),
        conversationId: String(notice.c),
        n: Number(notice.n),
        assigneeId: notice.a === null ? null : String(notice.a),
        groupId: notice.g === null ? null : String(notice.g),
        kind,
        by: notice.x ? String(notice.x) : null,
        to: notice.t ? String(notice.t).split(',') : null,
      }
    : null
}
