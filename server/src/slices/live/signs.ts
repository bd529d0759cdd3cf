import { wantsSign } from '@foyer/contract/signs.ts'
import { readHead } from '../conversations/access.ts'
import { type HeadRow, toHead } from '../conversations/shapes.ts'
import { columnOf } from '../notifications/model.ts'
import type { SignNews } from '../notifications/news.ts'
import type { HubContext } from './hub.ts'
import type { Members } from './members.ts'

/** Tells operators of what they want to be told of. @returns ends it */
export function carrySigns(context: HubContext, members: Members): () => void {
  async function tell(news: SignNews, here: HeadRow | undefined): Promise<void> {
    const { organizationId, conversationId, n, kind, by, to } = news
    const circles = await context.circlesOf(organizationId)
    const told = [...members.operators(organizationId)].flatMap((member) => {
      const { operatorId } = member.proof
      if (operatorId === by || (to && !to.includes(operatorId))) return []
      const column = to ? ('mine' as const) : columnOf(news, operatorId, circles)
      const settings = circles.get(operatorId)?.settings
      return column && settings && wantsSign(settings, kind, column) ? [{ member, column }] : []
    })
    if (told.length === 0) return
    const head = here ?? (await readHead(context, organizationId, conversationId))
    if (!head) return
    const frame = { type: 'sign', kind, n, by, head: toHead(head) } as const
    for (const { member, column } of told) member.connection.send({ ...frame, column })
  }

  return context.onSign((news, here) => {
    tell(news, here).catch((error: unknown) => context.log.warn('A sign could not be told.', { error }))
  })
}
