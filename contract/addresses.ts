/*
 * E-mail addresses and names of hosts, by one rule for whoever types them, keeps them and sends to them. Without schemas, so that
 * every front end can carry it.
 */

/** What may stand before the @ without quotes (RFC 5322, dot-atom); quoted ones exist on paper only and are not taken. */
const mailbox = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const longestMailbox = 64
const longestHost = 253
const longestAddress = 254

/**
 * The name of a host as the net knows it: an international one is converted (`müller.example` → `xn--mller-kva.example`).
 * `null`: it is no name of a host.
 */
export function asciiHost(host: string): string | null {
  // What would end or split a host in an address of the web is no part of one.
  if (host === '' || /[\s/\\?#@:[\]%<>^|]/.test(host)) return null
  const ascii = /^[\x21-\x7e]*$/.test(host) ? host : converted(host)
  return ascii !== null && ascii.length <= longestHost && ascii.split('.').every((part) => label.test(part))
    ? ascii
    : null
}

function converted(host: string): string | null {
  try {
    return new URL(`http://${host}`).hostname
  } catch {
    return null
  }
}

/** An e-mail address as mail servers take it; `null`: it is none. What stands before the @ is left as it was typed. */
export function mailAddress(text: string): string | null {
  const trimmed = text.trim()
  const at = trimmed.lastIndexOf('@')
  const [name, typed] = [trimmed.slice(0, Math.max(at, 0)), trimmed.slice(at + 1)]
  if (!mailbox.test(name) || name.length > longestMailbox) return null
  const host = asciiHost(typed)
  // A host within one's own net, or an address of the net itself, reaches nobody from here.
  if (!host?.includes('.') || /^\d+$/.test(host.slice(host.lastIndexOf('.') + 1))) return null
  const address = `${name}@${host}`
  return address.length <= longestAddress ? address : null
}

/** The same, for where something else may stand that is then left as it is. */
export const asMailAddress = (text: string): string => mailAddress(text) ?? text
