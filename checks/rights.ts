import { routes } from '../contract/routes.ts'
import { clientFrame } from '../contract/socket.ts'
import { frameRights } from '../server/src/testing/frame-rights.ts'
import { routeRights } from '../server/src/testing/rights.ts'
import type { Check } from './check.ts'

export const rights: Check = {
  name: 'rights',
  why: 'Who may do what is written down for every route and frame; server/src/rights.test.ts walks the table.',
  async run() {
    const frames = clientFrame.options.map((option) => [...option.shape.type.values][0] as string)
    return [
      ...unlisted('route', Object.keys(routes), Object.keys(routeRights)),
      ...unlisted('frame', frames, Object.keys(frameRights)),
    ]
  },
}

export function unlisted(kind: string, there: readonly string[], listed: readonly string[]): string[] {
  return [
    ...there
      .filter((name) => !listed.includes(name))
      .map((name) => `the ${kind} ${name} has no row in server/src/testing/rights.ts`),
    ...listed
      .filter((name) => !there.includes(name))
      .map((name) => `server/src/testing/rights.ts has a row for ${name}, which is no ${kind}`),
  ]
}
