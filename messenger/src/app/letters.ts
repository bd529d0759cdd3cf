/** Long enough for all that a conversation needs to be on its way first. */
const patienceMs = 300

/**
 * Asks for our own face once there is something to read: never before, not where somebody pays for what they load, and
 * behind everything else.
 */
export function fetchLetters(): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  if (connection?.saveData) return
  setTimeout(() => document.documentElement.classList.add('lettered'), patienceMs)
}
