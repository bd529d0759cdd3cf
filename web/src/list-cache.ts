import { type Head, type ListName, listConversations } from '@foyer/contract/conversations.ts'
import type { Circle } from '@foyer/contract/team.ts'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import { type ListFilter, type ListPage, place, recount } from './lists.ts'

/** How many rows the server puts on a page; the digest of a list is made of as many. */
export const firstPageSize = 30

/** The pages of a list as the cache holds them. */
export type Cached = InfiniteData<ListPage, string | null>
export const keyOf = (filter: ListFilter) =>
  ['list', filter.list, filter.group ?? '', filter.state ?? '', filter.search ?? ''] as const

export type Lists = {
  /** Moves a conversation to where its head says it stands now. */
  take(head: Head): void
  /** Shows a change before the server has said yes; the returned function takes it back. */
  foresee(id: string, change: Partial<Head>): () => void
  refresh(list: ListName): void
  /** The newest head heard of, in whichever list. */
  known(id: string): Head | undefined
  /** The first page shown of a list, null when nothing is there yet, and of which group; null when the list is not shown. */
  firstPage(list: ListName): { page: ListPage | null; group: string | undefined } | null
  read(filter: ListFilter, cursor: string | null, signal: AbortSignal): Promise<ListPage>
  onFollow(listener: () => void): () => void
  stop(): void
}

/** Keeps the lists in the cache true to the heads that arrive. */
export function startLists(queries: QueryClient, meId: string): Lists {
  const heads = new Map<string, Head>()
  /** What is shown of a conversation before the server has said yes to it; the counts go by it until then. */
  const guesses = new Map<string, Head>()
  const readings = new Set<Head[]>()
  const refreshes = new Map<ListName, ReturnType<typeof setTimeout>>()
  const followers = new Set<() => void>()

  function shown(): {
    filter: ListFilter
    key: readonly unknown[]
    data: Cached | undefined
    active: boolean
  }[] {
    return queries
      .getQueryCache()
      .findAll({ queryKey: ['list'] })
      .map((query) => {
        const [, list, group, state, search] = query.queryKey as ReturnType<typeof keyOf>
        const filter = {
          list,
          group: group || undefined,
          state: state || undefined,
          search: search || undefined,
        }
        return {
          filter,
          key: query.queryKey,
          data: query.state.data as Cached | undefined,
          active: query.isActive(),
        }
      })
  }

  /** The pages with the counts that follow from a conversation having changed. */
  function recounted(
    pages: readonly ListPage[],
    { group }: ListFilter,
    before: Head | undefined,
    after: Head,
  ): ListPage[] {
    const viewer = { meId, group, myGroups: myGroups() }
    return pages.map((page) => ({
      ...page,
      counts: recount(page.counts, before, after, viewer, () => heads.values()),
    }))
  }

  /** The groups I am in, as far as they are known; where they are not, the next heartbeat sets the counts right. */
  function myGroups(): ReadonlySet<string> {
    const groups = queries.getQueryData<{ items: Circle[] }>(['operators', 'groups'])?.items ?? []
    return new Set(groups.filter(({ memberIds }) => memberIds.includes(meId)).map(({ id }) => id))
  }

  function put(head: Head, before: Head | undefined): void {
    for (const { filter, key, data } of shown()) {
      if (!data) continue
      const placed = place(data.pages, head, filter, meId)
      queries.setQueryData<Cached>(key, { ...data, pages: recounted(placed, filter, before, head) })
    }
  }

  function take(head: Head): void {
    const known = heads.get(head.id)
    if (known && known.n >= head.n) return
    const before = guesses.get(head.id) ?? known
    guesses.delete(head.id)
    heads.set(head.id, head)
    for (const heard of readings) heard.push(head)
    // A conversation not seen before may have stood behind the rows held: then only the server knows the counts.
    const complete = shown().every(({ data }) => !data || data.pages.at(-1)?.next === null)
    const longestWaits = before !== undefined && leadsWaiting(before)
    put(head, before)
    // Who waits longest after that one may stand behind the rows held.
    if (longestWaits && !complete && !leadsWaiting(head))
      for (const list of ['unassigned', 'group'] as const) later(list)
    if (!before && !complete)
      for (const list of ['mine', 'snoozed', 'unassigned', 'group'] as const) later(list)
  }

  /** Whether it is the unassigned one that waits longest, by what is shown. */
  function leadsWaiting({ assigneeId, waitingSince }: Head): boolean {
    if (assigneeId !== null || waitingSince === null) return false
    const shownCounts = shown().flatMap(({ data }) => data?.pages[0]?.counts ?? [])
    return shownCounts.some(
      ({ unassignedSince, groupSince }) => unassignedSince === waitingSince || groupSince === waitingSince,
    )
  }

  function later(list: ListName): void {
    if (refreshes.has(list)) return
    refreshes.set(
      list,
      setTimeout(
        () => {
          refreshes.delete(list)
          refresh(list)
        },
        600 + Math.random() * 900,
      ),
    )
  }

  function refresh(list: ListName): void {
    void queries.invalidateQueries({ queryKey: ['list', list] })
  }

  async function read(filter: ListFilter, cursor: string | null, signal: AbortSignal): Promise<ListPage> {
    const heard: Head[] = []
    readings.add(heard)
    try {
      const page = await api.call(listConversations, {
        query: {
          list: filter.list,
          ...(filter.group ? { group: filter.group } : {}),
          ...(cursor ? { cursor } : {}),
          ...(filter.state ? { state: filter.state } : {}),
          ...(filter.search ? { search: filter.search } : {}),
        },
        signal,
      })
      for (const head of page.items) {
        // A change heard of here first has to reach the other lists too: when it is told, it is no news any more.
        if (heads.has(head.id)) take(head)
        else heads.set(head.id, head)
      }
      // What changed while the answer was on its way is newer than the answer.
      if (heard.length > 0) setTimeout(() => settle(filter, heard))
      setTimeout(() => {
        for (const follower of [...followers]) follower()
      })
      return page
    } finally {
      readings.delete(heard)
    }
  }

  function settle(filter: ListFilter, heard: Head[]): void {
    queries.setQueryData<Cached>(keyOf(filter), (data) =>
      data
        ? { ...data, pages: heard.reduce((pages, head) => place(pages, head, filter, meId), data.pages) }
        : data,
    )
  }

  return {
    take,
    foresee(id, change) {
      const real = heads.get(id)
      if (!real) return () => {}
      const foreseen = { ...real, ...change }
      put(foreseen, guesses.get(id) ?? real)
      guesses.set(id, foreseen)
      return () => {
        const now = heads.get(id)
        // Where the truth has arrived meanwhile, it has taken the place of the guess.
        if (guesses.get(id) !== foreseen || !now) return
        guesses.delete(id)
        put(now, foreseen)
      }
    },
    refresh,
    known: (id) => heads.get(id),
    firstPage(list) {
      const one = shown().find(
        ({ filter, active }) => active && filter.list === list && !filter.state && !filter.search,
      )
      if (!one) return null
      const pages = one.data?.pages
      const page = pages?.[0] ? { ...pages[0], items: pages.flatMap(({ items }) => items) } : null
      return { page, group: one.filter.group }
    },
    read,
    onFollow(listener) {
      followers.add(listener)
      return () => followers.delete(listener)
    },
    stop() {
      for (const timer of refreshes.values()) clearTimeout(timer)
    },
  }
}
