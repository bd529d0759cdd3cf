import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** What everything is made of, for whoever works on it. The product is built without it. */
export const designRoutes = (root: AnyRoute): AnyRoute[] =>
  import.meta.env.DEV
    ? [
        createRoute({
          getParentRoute: () => root,
          path: '/design',
          component: lazyRouteComponent(() => import('./design-screen.tsx'), 'DesignScreen'),
        }),
      ]
    : []
