import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

const validateSearch = (query: Record<string, unknown>) => ({
  token: typeof query.token === 'string' ? query.token : '',
})

/** For whoever comes here for the first time, with the secret of a link. */
export const setUpRoutes = (root: AnyRoute): AnyRoute[] => [
  createRoute({
    getParentRoute: () => root,
    path: '/setup',
    validateSearch,
    component: lazyRouteComponent(() => import('./set-up-screen.tsx'), 'SetUpScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/invitation',
    validateSearch,
    component: lazyRouteComponent(() => import('./invitation-screen.tsx'), 'InvitationScreen'),
  }),
]
