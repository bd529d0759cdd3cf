import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** For whoever cannot log in, or follows a link from a mail. */
export const logInRoutes = (root: AnyRoute): AnyRoute[] => [
  createRoute({
    getParentRoute: () => root,
    path: '/forgotten-password',
    component: lazyRouteComponent(() => import('./forgot-screen.tsx'), 'ForgotScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/new-password',
    component: lazyRouteComponent(() => import('./new-password-screen.tsx'), 'NewPasswordScreen'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/address',
    component: lazyRouteComponent(() => import('./address-screen.tsx'), 'AddressScreen'),
  }),
]
