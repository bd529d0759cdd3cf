/** What happens to the page around us. */
export function followPage(on: {
  online: () => void
  /** Another tab has made the contact's secret, or the server has come to know it there. */
  becameContact: () => void
  /** The page is left, and may be kept for the back button: then it must hold no line open. */
  left: () => void
  /** The page was kept, and is shown again. */
  cameBack: () => void
}): void {
  window.addEventListener('online', on.online)
  window.addEventListener('storage', (event) => /:(token|begun)$/.test(event.key ?? '') && on.becameContact())
  window.addEventListener('pagehide', on.left)
  window.addEventListener('pageshow', (event) => event.persisted && on.cameBack())
}
