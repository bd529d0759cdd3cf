import { createMessenger } from './messenger.ts'
import { readSettings } from './settings.ts'

const page = window as { Foyer?: { destroy?: unknown } }
const settings = readSettings(document.currentScript as HTMLScriptElement | null)

// A second snippet on the same page is ignored.
if (settings && typeof page.Foyer?.destroy !== 'function') {
  const messenger = createMessenger(settings)
  page.Foyer = {
    ...messenger,
    /** Takes the messenger off the page, without a trace. */
    destroy() {
      messenger.destroy()
      delete page.Foyer
    },
  } as { destroy: unknown }
}
