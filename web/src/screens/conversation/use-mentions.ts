import type { RefObject } from 'react'
import { useMe, useOperators } from '../../session.ts'
import { mentionable, mentionBefore } from './mentions.ts'
import { useOffers } from './use-offers.ts'
import type { WritingHandle } from './writing/handle.ts'

/** Offers colleagues while a name is typed behind an @; what is chosen stands in the text as a name. */
export function useMentions(field: RefObject<WritingHandle | null>) {
  const me = useMe()
  const operators = useOperators().filter(({ id }) => id !== me.id)
  return useOffers(field, {
    typedBefore: mentionBefore,
    find: (query) => mentionable(operators, query),
    put: ({ name }, length) => field.current?.replaceBefore(length, `@${name} `),
  })
}
