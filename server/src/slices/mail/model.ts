/** Days for which a link in a mail can be opened, and for which what it opened stays open. */
export const linkDays = 7
/** Links that are asked for go out to one mailbox so often in an hour. */
export const linksAnHour = 3
/** What is shown of a batch: the newest messages, and of each its beginning. The rest stands in the conversation. */
export const shownMessages = 10
export const shownLetters = 2_000

/** An address that tells its owner it is theirs, and a stranger not whose it is: `anna.berg@example.com` → `a••••g@e••••e.com`. */
export function maskAddress(address: string): string {
  const [, mailbox = '', host = '', ending = ''] = /^(.*)@([^@]*?)(\.[^.@]*)?$/.exec(address) ?? []
  return `${maskWord(mailbox)}@${maskWord(host)}${ending}`
}

function maskWord(word: string): string {
  const signs = [...word]
  const last = signs.length > 3 ? signs.at(-1) : ''
  return `${signs[0] ?? ''}••••${last}`
}

/** The same for every attempt at sending a mail, so that whoever gets it twice can tell. */
export function messageIdOf(mailId: string, fromAddress: string): string {
  return `<${mailId}@${fromAddress.split('@').at(-1) ?? 'localhost'}>`
}
