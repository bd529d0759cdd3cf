import type { Bus, Notice } from '../../platform/bus/bus.ts'
import type { ConversationPorts } from './access.ts'
import type { ConversationChange } from './shapes.ts'

declare module '../../platform/reactions.ts' {
  interface Facts {
    /** A conversation was changed by this process; for `hears` only. */
    'conversation.changed': ConversationChange
    /** An operator has sent a message that is made of these; for `hears` only. */
    'message.of_macros': { organizationId: string; operatorId: string; macroIds: readonly string[] }
  }
}

/** What travels between processes of a changed conversation: numbers, and whom it concerns. */
export type ConversationNews = {
  organizationId: string
  conversationId: string
  seq: number
  publicSeq: number
  contactId: string
  assigneeId: string | null
  assigneeIdBefore: string | null
  isPublic: boolean
}

const topic = 'conversation'

/** Tells every process of changed conversations. */
export type NewsOfConversations = {
  /** The packet itself for whoever is connected here, numbers for the others. */
  tell(change: ConversationChange): void
  /** Numbers for everybody, where the change is not at hand: whoever already has it drops it. */
  tellAgain(news: ConversationNews): void
  on: ConversationPorts['onConversation']
}

export function createNews(bus: Bus): NewsOfConversations {
  return {
    tell: (change) => bus.publish(topic, write(newsOf(change)), change),
    tellAgain: (news) => bus.publish(topic, write(news)),
    on: (listener) =>
      bus.subscribe(topic, (notice, own) => listener(read(notice), own as ConversationChange | undefined)),
  }
}

export function newsOf({
  head,
  before,
  isPublic,
}: Pick<ConversationChange, 'head' | 'isPublic'> & {
  before: { assigneeId: string | null }
}): ConversationNews {
  return {
    organizationId: head.organization_id,
    conversationId: head.id,
    seq: head.seq,
    publicSeq: head.public_seq,
    contactId: head.contact_id,
    assigneeId: head.assignee_id,
    assigneeIdBefore: before.assigneeId,
    isPublic,
  }
}

/** Many go together in one payload, which is small: their names are short. */
function write(news: ConversationNews): Notice {
  return {
    o: news.organizationId,
    c: news.conversationId,
    n: news.seq,
    p: news.publicSeq,
    k: news.contactId,
    a: news.assigneeId,
    b: news.assigneeIdBefore,
    public: news.isPublic,
  }
}

function read(notice: Notice): ConversationNews {
  return {
    organizationId: String(notice.o),
    conversationId: String(notice.c),
    seq: Number(notice.n),
    publicSeq: Number(notice.p),
    contactId: String(notice.k),
    assigneeId: notice.a === null ? null : String(notice.a),
    assigneeIdBefore: notice.b === null ? null : String(notice.b),
    isPublic: Boolean(notice.public),
  }
}
