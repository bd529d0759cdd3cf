import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { Secret } from './crypto.ts'
import { createLog, type Log, type LogFacts } from './log.ts'

function memory(): { log: Log; text: () => string } {
  let text = ''
  const destination = new Writable({
    write(part, _encoding, done) {
      text += part
      done()
    },
  })
  return { log: createLog({ level: 'debug', destination }), text: () => text }
}

describe('the log', () => {
  test('is one JSON line an event, whatever the event says', () => {
    const { log, text } = memory()
    const nasty = 'a\r\nb\u001b[31mred\u0000%0a\u2028{"level":"error"}'
    log.of('http').warn(nasty, { reason: nasty, error: new Error(nasty) })
    const lines = text().trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toMatch(/\p{Cc}/u)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      module: 'http',
      msg: nasty,
      reason: nasty,
    })
  })

  test('leaves out what is not on its list', () => {
    const { log, text } = memory()
    const whole = {
      requestId: 'r1',
      password: 'canary',
      token: 'canary',
      text: 'canary',
      cookie: 'canary',
      headers: { a: 'canary' },
    }
    log.info('Something happened.', whole as LogFacts)
    expect(text()).toContain('"requestId":"r1"')
    expect(text()).not.toContain('canary')
  })

  test('leaves out what an error carries beside its message, and values the database repeats', () => {
    const { log, text } = memory()
    const error = Object.assign(new Error('invalid input syntax for type uuid: "canary"'), {
      code: '22P02',
      detail: 'Key (email)=(canary@example.com) already exists.',
      where: 'canary',
      constraint: 'operators_email',
    })
    log.error('It failed.', { error: new Error('outer', { cause: error }) })
    expect(text()).not.toContain('canary')
    expect(JSON.parse(text()).error.cause).toMatchObject({ code: '22P02', constraint: 'operators_email' })
  })
})

test('a secret does not show by accident', () => {
  const secret = new Secret('canary')
  const shown = [JSON.stringify({ secret }), String(secret), `${secret}`, JSON.stringify([secret])].join()
  expect(shown).not.toContain('canary')
  expect(secret.reveal()).toBe('canary')
})
