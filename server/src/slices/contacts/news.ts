declare module '../../platform/changes.ts' {
  interface InnerChanges {
    /** Until when the contact of this id hears nothing new; null: from now on they do. */
    'contact.blocked': { until: string | null }
  }
}

export {}
