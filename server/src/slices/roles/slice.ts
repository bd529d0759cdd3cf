import { defineSlice } from '../../platform/slice.ts'
import { roleRoutes } from './routes.ts'

export const rolesSlice = defineSlice()({
  name: 'roles',
  rights: ['team.read', 'roles.manage'],
  tells: ['me', 'operators'],
  open: (ports) => ({ routes: roleRoutes(ports) }),
})
