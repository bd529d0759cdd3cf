import { defineSlice } from '../../platform/slice.ts'
import { setupToken } from './access.ts'
import { setUpUnattended } from './actions.ts'
import { isSetupNeeded } from './reads.ts'
import { organizationRoutes } from './routes.ts'

export const organizationsSlice = defineSlice()({
  name: 'organizations',
  settings: ['owner'],
  open(ports) {
    const { owner } = ports.config
    return {
      routes: organizationRoutes(ports),
      async setUp() {
        if (owner) await setUpUnattended(ports, owner)
        return (await isSetupNeeded(ports)) ? setupToken(ports.secret) : null
      },
    }
  },
})
