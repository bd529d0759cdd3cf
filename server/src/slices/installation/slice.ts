import { defineSlice } from '../../platform/slice.ts'
import { installationRoutes } from './routes.ts'

export const installationSlice = defineSlice()({
  name: 'installation',
  rights: ['widgets.manage'],
  open: (ports) => ({ routes: installationRoutes(ports) }),
})
