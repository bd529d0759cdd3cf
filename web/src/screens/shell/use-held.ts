import type { Head } from '@foyer/contract/conversations.ts'
import { useQueryClient } from '@tanstack/react-query'
import { CircleUser, MessageSquare, Users } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useGo } from '../../link.tsx'
import type { Cached } from '../../list-cache.ts'
import { entryOf } from '../../part.ts'
import { paths } from '../../paths.ts'
import { useGroups, useMe, useOperators } from '../../session.ts'
import { useText } from '../../text.tsx'
import { writeKept } from '../../ui/kept.ts'
import { contactName, knownName, previewText } from '../conversations/words.ts'
import { operators as operatorsPart } from '../operators/part.ts'
import type { Found } from './commands.ts'

const plain = (text: string) => [{ text, marked: false }]

/** The newest heads that the lists hold, newest first. */
function useHeads(): readonly Head[] {
  const queries = useQueryClient()
  // As it is when the palette opens: nothing moves while one reads.
  const [heads] = useState(() => {
    const newest = new Map<string, Head>()
    for (const [, data] of queries.getQueriesData<Cached>({ queryKey: ['list'] }))
      for (const head of data?.pages.flatMap(({ items }) => items) ?? [])
        if ((newest.get(head.id)?.n ?? -1) < head.n) newest.set(head.id, head)
    return [...newest.values()].sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1))
  })
  return heads
}

/** A conversation as a row of the palette: under its contact's name, with what was said last. */
export function useConversationRow(): (head: Head) => Found {
  const t = useText()
  const go = useGo()
  const me = useMe()
  return (head) => ({
    id: `conversation:${head.id}`,
    label: contactName(head, t),
    note: plain(previewText(head, me.id, t)),
    icon: MessageSquare,
    person: { name: knownName(head.contact), seed: head.contact.id },
    run: () => go(paths.inboxConversation(head.id)),
  })
}

/** People and conversations out of what is held already, so that the first letters find something at once. */
export function useHeld(): { people: readonly Found[]; conversations: readonly Found[] } {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const heads = useHeads()
  const rowOf = useConversationRow()
  const operators = useOperators()
  const groups = useGroups()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of what rows are made of stays the same while the palette is open
  return useMemo(() => {
    const contacts = new Map<string, Head>()
    for (const head of heads) if (!contacts.has(head.contact.id)) contacts.set(head.contact.id, head)
    const people = [
      ...[...contacts.values()].map((head): Found => ({ ...rowOf(head), about: head.contact.email ?? '' })),
      ...operators.map(
        ({ id, name, alias, picture, available }): Found => ({
          id: `operator:${id}`,
          label: name,
          about: alias ?? '',
          note: plain(t('command.operator')),
          icon: CircleUser,
          person: { name, seed: id, picture, online: available },
          run: () => go(entryOf(operatorsPart)),
        }),
      ),
      ...groups.map(
        ({ id, name }): Found => ({
          id: `group:${id}`,
          label: name,
          note: plain(t('command.group')),
          icon: Users,
          run() {
            writeKept('inbox-group', id)
            go(paths.inbox())
          },
        }),
      ),
    ]
    const conversations = heads.map((head): Found => ({ ...rowOf(head), about: previewText(head, me.id, t) }))
    return { people, conversations }
  }, [heads, operators, groups])
}
