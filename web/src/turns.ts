/** Does something to a conversation after everything that was asked of it before has been answered. */
export type InTurn = <Answer>(conversationId: string, ask: () => Promise<Answer>) => Promise<Answer>

/**
 * What a person does to a conversation is shown at once and asked of the server one after the other: an answer written
 * right after taking the conversation must not arrive before the taking.
 */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return async (conversationId, ask) => {
    const before = last.get(conversationId)
    const turn = Promise.resolve(before?.catch(() => undefined)).then(ask)
    last.set(conversationId, turn)
    try {
      return await turn
    } finally {
      if (last.get(conversationId) === turn) last.delete(conversationId)
    }
  }
}
