/** Texts that are the same word in another language. */
export const sameInOtherLanguages: ReadonlySet<string> = new Set([
  'Chat',
  'Contact',
  'Conversation',
  'Details',
  'E-mail',
  'LIVE',
  'Message',
  'Messages',
  'Messenger',
  'Name',
  'OFFLINE',
  'Offline',
  'Online',
  'Operator',
  'Operator: {text}',
  'Sections',
])
