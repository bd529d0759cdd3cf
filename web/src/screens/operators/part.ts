import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import type { Part } from '../../part.ts'
import { operatorsPaths, readOperatorsFilter } from './paths.ts'

/** Who is there, and how busy. */
export const operators: Part = {
  path: operatorsPaths.operators(),
  label: 'nav.operators',
  icon: Users,
  routes: (desk) =>
    createRoute({
      getParentRoute: () => desk,
      path: operatorsPaths.operators(),
      validateSearch: readOperatorsFilter,
      component: lazyRouteComponent(() => import('./operators-screen.tsx'), 'OperatorsScreen'),
    }),
}
