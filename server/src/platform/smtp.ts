import { isIP } from 'node:net'
import type { Transporter } from 'nodemailer'
import type { MailServer } from './config.ts'

export type OutgoingMail = {
  from: { name: string; address: string }
  to: string
  /** With its angle brackets. The same mail sent again has the same. */
  messageId: string
  subject: string
  text: string
  html: string
}

/** The server has refused this mail for good: the address, or what is in it. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
}

export type MailSender = {
  /** @throws MailRefused; anything else may be over later */
  send(mail: OutgoingMail): Promise<void>
}

/**
 * Sends mail by a server of the administrator's choice: the one place that opens such connections, one for each mail.
 * Certificates are verified, and a password is never said in the clear; only a server on this very machine is spoken to
 * without TLS, because what it shows there is rarely a certificate anybody has signed.
 */
export function openMailSender(server: MailServer): MailSender {
  const isHere = /^(localhost|127(\.\d+){3}|::1)$/.test(server.host)
  const open = async () => {
    // With the first mail, and not at the start: many installations send none.
    const { createTransport } = await import('nodemailer')
    return createTransport({
      host: server.host,
      port: server.port,
      secure: server.secure,
      requireTLS: !server.secure && !isHere && server.login !== null,
      ignoreTLS: !server.secure && isHere,
      ...(server.login ? { auth: server.login } : {}),
      tls: { rejectUnauthorized: true, ...(isIP(server.host) ? {} : { servername: server.host }) },
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }
  let transport: Promise<Transporter> | null = null
  return {
    async send({ from, to, messageId, subject, text, html }) {
      try {
        transport ??= open()
        await (await transport).sendMail({
          from,
          // As an object, so that nothing in it is read as a second address.
          to: { name: '', address: to },
          messageId,
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
      } catch (error) {
        const { code, responseCode = 0 } = error as { code?: string; responseCode?: number }
        const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE'
        if (isOfMail && responseCode >= 500) throw new MailRefused((error as Error).message, { cause: error })
        throw error
      }
    },
  }
}
