import * as installation from '@foyer/contract/installation.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import type { Notices } from '../../platform/notices/notices.ts'
import { readInstallation } from './access.ts'

export function installationRoutes(context: { notices: Notices }): BoundRoute[] {
  return [
    bind(installation.listNotices, async ({ caller }) => {
      readInstallation(caller)
      return { items: context.notices.list() }
    }),
  ]
}
