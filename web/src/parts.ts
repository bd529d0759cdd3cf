import type { Part } from './part.ts'
import { conversations } from './screens/conversations/part.ts'
import { inbox } from './screens/inbox/part.ts'
import { notifications } from './screens/notifications/part.ts'
import { operators } from './screens/operators/part.ts'
import { settings } from './screens/settings/part.ts'
import { useMe } from './session.ts'

/** The parts of the Message Center in the order of its bars; the first is where one begins. */
export const parts: readonly Part[] = [inbox, conversations, notifications, operators, settings]

/** Those of the parts that I may see. */
export function useParts(): readonly Part[] {
  const { rights } = useMe()
  return parts.filter(({ needs }) => !needs || rights.includes(needs))
}
