/** A link among words. */
export const linkLook = 'text-dense font-medium text-accent underline-offset-2 hover:underline'
