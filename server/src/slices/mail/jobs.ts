import type { Chore } from '../../platform/jobs/chores.ts'
import type { JobHandler } from '../../platform/jobs/worker.ts'
import { type MailContext, mailUnread, sendMail } from './actions.ts'

const atMost = 100

export function mailJobs(context: MailContext): Readonly<Record<string, JobHandler>> {
  return { 'mail.send': (job) => sendMail(context, job) }
}

/** Conversations whose contact has not read in time; every worker looks, the database's row decides who mails. */
export function mailChores(context: MailContext): Chore[] {
  return [
    {
      name: 'unread mails',
      everyMs: 2_000,
      async run() {
        const rows = await context.database.run<{ organization_id: string; conversation_id: string }>({
          name: 'due_unread_mails',
          text: 'select * from due_unread_mails($1)',
          values: [atMost],
        })
        for (const row of rows) {
          try {
            await mailUnread(context, {
              organizationId: row.organization_id,
              conversationId: row.conversation_id,
            })
          } catch (error) {
            context.log.warn('What a contact has not read could not be mailed; it is tried again.', {
              error,
              conversationId: row.conversation_id,
            })
          }
        }
      },
    },
  ]
}
