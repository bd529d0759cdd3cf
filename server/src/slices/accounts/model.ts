/** How long links to an account can be used. */
export const linkHours = {
  /** One that was asked for on the log-in page, and is read at once. */
  forgotten: 1,
  /** One that a colleague passes on by hand. */
  handed: 24,
  /** One that was made on the server. */
  owner: 1,
  /** One that proves a new address. */
  address: 24,
  /** One that takes a change of address back. */
  undo: 7 * 24,
} as const
