import { createOrder } from './platform/slice.ts'
import { accountsSlice } from './slices/accounts/slice.ts'
import { blocksSlice } from './slices/blocks/slice.ts'
import { contactsSlice } from './slices/contacts/slice.ts'
import { conversationsSlice } from './slices/conversations/slice.ts'
import { draftsSlice } from './slices/drafts/slice.ts'
import { filesSlice } from './slices/files/slice.ts'
import { installationSlice } from './slices/installation/slice.ts'
import { liveSlice } from './slices/live/slice.ts'
import { macrosSlice } from './slices/macros/slice.ts'
import { mailSlice } from './slices/mail/slice.ts'
import { messagesSlice } from './slices/messages/slice.ts'
import { notesSlice } from './slices/notes/slice.ts'
import { notificationsSlice } from './slices/notifications/slice.ts'
import { operatorsSlice } from './slices/operators/slice.ts'
import { organizationsSlice } from './slices/organizations/slice.ts'
import { rolesSlice } from './slices/roles/slice.ts'
import { samplesSlice } from './slices/samples/slice.ts'
import { teamSlice } from './slices/team/slice.ts'
import { widgetsSlice } from './slices/widgets/slice.ts'

/** The slices in their order: each may use those before it, and is heard of by those before it through facts. */
export const slices = createOrder()
  .add(organizationsSlice)
  .add(operatorsSlice)
  .add(rolesSlice)
  .add(installationSlice)
  .add(mailSlice)
  .add(teamSlice)
  .add(accountsSlice)
  .add(contactsSlice)
  .add(widgetsSlice)
  .add(filesSlice)
  .add(conversationsSlice)
  .add(messagesSlice)
  .add(notesSlice)
  .add(draftsSlice)
  .add(macrosSlice)
  .add(blocksSlice)
  .add(notificationsSlice)
  .add(liveSlice)
  .add(samplesSlice)
