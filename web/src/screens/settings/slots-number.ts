/** Whether a text is a number of live conversations somebody may have at once. */
export function isSlotsNumber(text: string): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= 20
}
