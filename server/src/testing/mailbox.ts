import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A real SMTP server that keeps what it is sent. */
export type Mailbox = AsyncDisposable & {
  readonly url: string
  readonly server: { host: string; port: number; secure: boolean; login: null }
  readonly mails: ParsedMail[]
  /** Decides on each recipient: `null` takes the mail, otherwise the reply's code and text. */
  refuse(by: (address: string) => { code: number; text: string } | null): void
  /** Waits for so many mails and gives them. */
  arrived(count: number): Promise<ParsedMail[]>
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: ParsedMail[] = []
  let decide: (address: string) => { code: number; text: string } | null = () => null
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(address, _session, done) {
      const refusal = decide(address.address)
      done(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
    },
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          mails.push(mail)
          done()
        },
        (error: Error) => done(error),
      )
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const { port } = smtp.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    server: { host: '127.0.0.1', port, secure: false, login: null },
    mails,
    refuse(by) {
      decide = by
    },
    async arrived(count) {
      for (const until = Date.now() + 15_000; mails.length < count; ) {
        if (Date.now() > until) throw new Error(`${mails.length} of ${count} mails have arrived.`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      return mails
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => smtp.close(() => resolve())),
  }
}

/** The secret in the link of a mail. */
export function tokenIn(mail: ParsedMail | undefined): string {
  return /\/(?:m|invitation|new-password|address)#([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
}
