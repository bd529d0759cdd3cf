import * as accounts from './accounts.ts'
import * as contacts from './contacts.ts'
import * as conversations from './conversations.ts'
import * as drafts from './drafts.ts'
import * as files from './files.ts'
import * as installation from './installation.ts'
import * as macros from './macros.ts'
import * as mail from './mail.ts'
import * as messages from './messages.ts'
import * as messenger from './messenger.ts'
import * as notes from './notes.ts'
import * as notifications from './notifications.ts'
import * as operators from './operators.ts'
import * as organizations from './organizations.ts'
import * as roles from './roles.ts'
import type { Route } from './route.ts'
import * as sessions from './sessions.ts'
import * as signs from './signs.ts'
import * as team from './team.ts'
import * as widgets from './widgets.ts'

/** Every REST route by its name: OpenAPI, the server's start and the rights matrix walk this list. */
export const routes: Readonly<Record<string, Route>> = Object.fromEntries(
  [
    organizations,
    installation,
    sessions,
    operators,
    widgets,
    contacts,
    conversations,
    notes,
    drafts,
    macros,
    files,
    notifications,
    signs,
    messenger,
    messages,
    mail,
    team,
    accounts,
    roles,
  ].flatMap((module) =>
    Object.entries(module).filter((member): member is [string, Route] => isRoute(member[1])),
  ),
)

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value
}
