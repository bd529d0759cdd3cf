import { defineSlice } from '../../platform/slice.ts'
import { createContactAccess } from './access.ts'
import { contactRoutes } from './routes.ts'

/** Who asks, and how it is proven. Gives later slices the proof. */
export const contactsSlice = defineSlice()({
  name: 'contacts',
  open(ports) {
    const access = createContactAccess(ports)
    return {
      callers: { contact: access.identify },
      routes: contactRoutes(ports),
      gives: { contactByToken: access.byToken },
    }
  },
})
