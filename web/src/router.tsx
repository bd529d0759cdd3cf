import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { designRoutes } from './design/routes.ts'
import { entryOf } from './part.ts'
import { parts } from './parts.ts'
import { logInRoutes } from './screens/log-in/routes.ts'
import { setUpRoutes } from './screens/set-up/routes.ts'
import { Gate } from './screens/shell/gate.tsx'
import { Fault, Lost, Root } from './screens/shell/root.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: Lost, errorComponent: Fault })

const desk = createRoute({ getParentRoute: () => root, id: 'desk', component: Gate })

const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    const [first] = parts
    if (first) throw redirect({ href: entryOf(first), replace: true })
  },
})

/** The addresses of the product, before the log-in and behind it. */
export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren([
      ...setUpRoutes(root),
      ...logInRoutes(root),
      ...designRoutes(root),
      desk.addChildren([home, ...parts.map((part) => part.routes(desk))]),
    ]),
    // Plain words in the address, read back as they stand.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (query) => {
      const text = new URLSearchParams(
        Object.entries(query).flatMap(([name, value]) =>
          value === undefined || value === '' ? [] : [[name, String(value)]],
        ),
      ).toString()
      return text ? `?${text}` : ''
    },
    scrollRestoration: false,
  })
}
