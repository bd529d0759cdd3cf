import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { openMailbox } from '../testing/mailbox.ts'
import { MailRefused, type OutgoingMail, openMailSender } from './smtp.ts'

const mail: OutgoingMail = {
  from: { name: 'Lamps', address: 'chat@shop.example' },
  to: 'zoe@contact.example',
  messageId: '<1@shop.example>',
  subject: 'An answer',
  text: 'Hello',
  html: '<p>Hello</p>',
}

/** A server that takes everything; its certificate is signed by nobody. */
async function listen(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({
    onData: (stream, _session, done) => void stream.resume().on('end', () => done()),
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return (server.server.address() as AddressInfo).port
}

const failureOf = (promise: Promise<void>) =>
  promise.then(
    () => null,
    (error: Error) => error,
  )

test('a certificate that nobody has signed is not believed', async () => {
  const port = await listen({ secure: true, authOptional: true })
  const sender = openMailSender({ host: '127.0.0.1', port, secure: true, login: null })
  const failure = await failureOf(sender.send(mail))
  expect(failure?.message).toMatch(/certificate/)
  expect(failure).not.toBeInstanceOf(MailRefused)
})

test('a wrong password is for the administrator to mend, not the end of a mail', async () => {
  const port = await listen({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
  })
  const login = { user: 'me', pass: 'wrong' }
  const failure = await failureOf(
    openMailSender({ host: '127.0.0.1', port, secure: false, login }).send(mail),
  )
  expect(failure).not.toBeNull()
  expect(failure).not.toBeInstanceOf(MailRefused)
})

test('a server that is not there may be there later', async () => {
  const failure = await failureOf(
    openMailSender({ host: '127.0.0.1', port: 1, secure: false, login: null }).send(mail),
  )
  expect(failure).not.toBeNull()
  expect(failure).not.toBeInstanceOf(MailRefused)
})

test('names and subjects cannot add headers', async () => {
  await using mailbox = await openMailbox()
  await openMailSender(mailbox.server).send({
    ...mail,
    from: { name: 'Lamps\r\nBcc: victim@contact.example', address: 'chat@shop.example' },
    subject: 'Hello\r\nBcc: victim@contact.example',
  })
  const [got] = await mailbox.arrived(1)
  expect(got?.bcc).toBeUndefined()
  expect(got?.headers.has('bcc')).toBe(false)
  expect([got?.to].flat().map((to) => to?.text)).toEqual(['zoe@contact.example'])
})
