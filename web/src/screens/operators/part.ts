import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import type { Part } from '../../part.ts'

/** Who is there, and how busy. */
export const operators: Part = {
  path: '/operators',
  label: 'nav.operators',
  icon: Users,
  routes: (desk) =>
    createRoute({
      getParentRoute: () => desk,
      path: '/operators',
      component: lazyRouteComponent(() => import('./operators-screen.tsx'), 'OperatorsScreen'),
    }),
}
