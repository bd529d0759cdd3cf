import type { RefObject } from 'react'
import { useMe, useOperators } from '../../session.ts'
import { mentionable, mentionBefore } from './mentions.ts'
import { useOffers } from './use-offers.ts'

/** Offers colleagues while a name is typed behind an @; what is chosen stands in the text as a name. */
export function useMentions(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  change: (text: string) => void,
) {
  const me = useMe()
  const operators = useOperators().filter(({ id }) => id !== me.id)
  return useOffers(field, text, change, {
    typedBefore: mentionBefore,
    find: (query) => mentionable(operators, query),
    said: ({ name }) => `@${name} `,
  })
}
