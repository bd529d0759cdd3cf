import { defineSlice } from '../../platform/slice.ts'
import { openMailSender } from '../../platform/smtp.ts'
import { mailChores, mailJobs } from './jobs.ts'
import { mailRoutes } from './routes.ts'

export const mailSlice = defineSlice()({
  name: 'mail',
  rights: ['mail.read'],
  settings: ['mail', 'publicUrl', 'port'],
  open(ports) {
    const { mail, publicUrl, port } = ports.config
    const context = {
      ...ports,
      outgoing: mail && { sender: openMailSender(mail.server), server: mail.server.host, from: mail.from },
      origin: publicUrl ?? `http://localhost:${port}`,
    }
    return {
      routes: mailRoutes(context),
      jobs: mailJobs(context),
      chores: mailChores(context),
      sweeps: [{ text: 'select sweep_mail_links()' }],
    }
  },
})
