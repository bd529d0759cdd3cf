import type { Publish } from '../../platform/changes.ts'

export type OperatorKey = { organizationId: string; operatorId: string }

declare module '../../platform/changes.ts' {
  interface InnerChanges {
    /** The session of this id; `renewed`: it goes on under another one, and its sockets come back. */
    'session.ended': { renewed?: true }
    /** Somebody of this id may have come or gone. */
    presence: { kind: 'operator' | 'contact' }
    /** How many slots of operators are used. */
    slots: object
  }
}

declare module '../../platform/reactions.ts' {
  interface Facts {
    /** A wrong password came from a browser in which this operator never was. */
    'operator.log_in_failed': OperatorKey
  }
}

/** What it takes to tell of operators: themselves of what is theirs, everybody of what all see. */
export type TellsOfOperators = { changes: { publish: Publish<'me' | 'operators'> } }

/** Tells of sessions that have ended, after the commit. */
export function tellEnded(
  { changes }: { changes: { publish: Publish } },
  organizationId: string,
  sessionIds: readonly string[],
): void {
  for (const id of sessionIds) changes.publish({ what: 'session.ended', to: 'processes', organizationId, id })
}

/** Tells everybody's screens that operators changed, after the commit. `operatorId`: whose ways of working may be others now. */
export function tellOperators(
  { changes }: { changes: { publish: Publish<'operators'> } },
  { organizationId, operatorId }: OperatorKey,
  version = 0,
): void {
  changes.publish({ what: 'operators', to: 'operators', organizationId, id: operatorId, version })
}

/** Tells an operator's own screens that something of theirs changed, after the commit. */
export function tellMe(
  { changes }: { changes: { publish: Publish<'me'> } },
  { organizationId, operatorId }: OperatorKey,
  version = 0,
): void {
  changes.publish({ what: 'me', to: { operatorId }, organizationId, id: operatorId, version })
}
