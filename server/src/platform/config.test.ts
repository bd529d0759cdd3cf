import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('with nothing given everything has a value', () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: '0.0.0.0',
    publicUrl: null,
    dataDir: './data',
    databaseUrl: null,
    bus: 'postgres',
    roles: new Set(['http', 'socket', 'worker', 'connector']),
    owner: null,
    messengerUrl: null,
    trustProxy: 0,
    logLevel: 'info',
    mail: null,
    files: null,
    filesOrigin: null,
    scanner: null,
    filesQuota: 100 * 1024 ** 3,
    allowUnsafeDatabase: false,
  })
})

test.each([
  [{ PORT: ' 8080 ' }, { port: 8080 }],
  [{ PORT: '' }, { port: 4000 }],
  [{ PORT: '0' }, { port: 0 }],
  [{ HOST: '::1' }, { host: '::1' }],
  [{ HOST: 'localhost' }, { host: 'localhost' }],
  [{ PUBLIC_URL: 'https://Chat.example.com/' }, { publicUrl: 'https://chat.example.com' }],
  [{ PUBLIC_URL: 'http://localhost:4000' }, { publicUrl: 'http://localhost:4000' }],
  [{ DATABASE_URL: 'postgres://u:p@db/foyer' }, { databaseUrl: 'postgres://u:p@db/foyer' }],
  [
    { DATABASE_URL: 'postgresql://u@/foyer?host=/run/pg' },
    { databaseUrl: 'postgresql://u@/foyer?host=/run/pg' },
  ],
  [{ ROLES: 'worker, http' }, { roles: new Set(['http', 'worker']) }],
  [{ BUS_URL: 'postgres' }, { bus: 'postgres' }],
  [{ BUS_URL: '' }, { bus: 'postgres' }],
  [
    { OWNER_EMAIL: 'you@example.com', OWNER_PASSWORD: ' 2345678' },
    { owner: { email: 'you@example.com', password: ' 2345678' } },
  ],
  [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
  [{ FILES_ORIGIN: 'https://files.example.com' }, { filesOrigin: 'https://files.example.com' }],
  [{ FILES_QUOTA_GB: '5' }, { filesQuota: 5 * 1024 ** 3 }],
  [{ CLAMD_URL: 'tcp://10.0.0.7' }, { scanner: { host: '10.0.0.7', port: 3310 } }],
  [{ CLAMD_URL: 'unix:///run/clamav/clamd.ctl' }, { scanner: { path: '/run/clamav/clamd.ctl' } }],
  [
    { FILES_URL: 's3://key:se%2Fcret@s3.example.com/bucket/foyer?region=eu-west-1' },
    {
      files: {
        endpoint: 'https://s3.example.com',
        region: 'eu-west-1',
        bucket: 'bucket',
        prefix: 'foyer/',
        accessKeyId: 'key',
        secretAccessKey: 'se/cret',
      },
    },
  ],
  [{ LOG_LEVEL: 'WARN' }, { logLevel: 'warn' }],
  [
    {
      SMTP_URL: 'smtp://me%40example.com:p%40ss@mail.example.com',
      MAIL_FROM: 'chat@example.com',
      PUBLIC_URL: 'https://chat.example.com',
    },
    {
      mail: {
        from: 'chat@example.com',
        server: {
          host: 'mail.example.com',
          port: 587,
          secure: false,
          login: { user: 'me@example.com', pass: 'p@ss' },
        },
      },
    },
  ],
  [
    { SMTP_URL: 'smtps://localhost', MAIL_FROM: 'a@b.example', PUBLIC_URL: 'http://localhost:4000' },
    { mail: { server: { host: 'localhost', port: 465, secure: true, login: null } } },
  ],
  [{ ALLOW_UNSAFE_DATABASE: 'yes' }, { allowUnsafeDatabase: true }],
])('%o is read as %o', (env, part) => {
  expect(readConfig(env)).toMatchObject(part)
})

test.each([
  [{ PORT: '70000' }, 'PORT is "70000": give a whole number from 0 to 65535.'],
  [
    { SMTP_URL: 'mail.example.com:587', MAIL_FROM: 'a@b.example', PUBLIC_URL: 'https://h' },
    'SMTP_URL is no address of a mail server',
  ],
  [
    { SMTP_URL: 'smtp://mail.example.com', PUBLIC_URL: 'https://h' },
    'SMTP_URL is given without MAIL_FROM: give both or neither.',
  ],
  [{ SMTP_URL: 'smtp://h', MAIL_FROM: 'a@b.example' }, 'SMTP_URL is given without PUBLIC_URL'],
  [{ PORT: '4e3' }, 'PORT is "4e3": give a whole number'],
  [{ HOST: 'localhost:80' }, 'HOST is "localhost:80": give an address'],
  [
    { PUBLIC_URL: 'chat.example.com' },
    'PUBLIC_URL is "chat.example.com": give an address that begins with http://',
  ],
  [
    { PUBLIC_URL: 'https://example.com/chat' },
    'leave out everything after the host, as in https://example.com.',
  ],
  [{ PUBLIC_URL: 'https://me:pw@example.com' }, 'leave out everything'],
  [{ MESSENGER_URL: 'ftp://example.com' }, 'MESSENGER_URL is'],
  [{ DATABASE_URL: 'mysql://u@h/d' }, 'DATABASE_URL is no address of a PostgreSQL database'],
  [{ DATABASE_URL: 'postgresql://u:p@host' }, 'DATABASE_URL is no address'],
  [{ ROLES: 'http,web' }, 'ROLES is "http,web": give one or more of http, socket, worker, connector'],
  [{ BUS_URL: 'nats://bus' }, 'BUS_URL is "nats://bus": this release'],
  [{ OWNER_EMAIL: 'you', OWNER_PASSWORD: '12345678' }, 'OWNER_EMAIL is "you": give an email address'],
  [
    { OWNER_EMAIL: 'you@example.com', OWNER_PASSWORD: '1234567' },
    'OWNER_PASSWORD is shorter than 8 characters',
  ],
  [{ OWNER_EMAIL: 'you@example.com' }, 'OWNER_EMAIL is given without OWNER_PASSWORD'],
  [{ OWNER_PASSWORD: '12345678' }, 'OWNER_PASSWORD is given without OWNER_EMAIL'],
  [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY is "true": give the number of proxies'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud": give one of'],
  [{ ALLOW_UNSAFE_DATABASE: 'perhaps' }, 'ALLOW_UNSAFE_DATABASE is "perhaps": give on or off.'],
  [{ PROT: '80' }, 'PROT is no setting: did you mean PORT?'],
  [{ port: '80' }, 'port is no setting: did you mean PORT?'],
  [{ DATADIR: '/x' }, 'DATADIR is no setting: did you mean DATA_DIR?'],
  [{ DATABSE_ULR: 'x' }, 'DATABSE_ULR is no setting: did you mean DATABASE_URL?'],
  [{ FOYER_PORT: '80' }, 'FOYER_PORT is no setting: did you mean PORT?'],
  [{ FOYER_COLOUR: 'red' }, 'FOYER_COLOUR is no setting: take it out.'],
])('%o is refused: %s', (env, sentence) => {
  expect(problemsOf(env)).toEqual([expect.stringContaining(sentence)])
})

test.each([
  [
    {
      HOME: '/root',
      PATH: '/bin',
      USER: 'root',
      PWD: '/',
      SHELL: '/bin/sh',
      BASE_URL: '/',

      HOSTNAME: 'x',
    },
  ],
  [{ FOYER_SERVICE_HOST: '10.0.0.1', FOYER_SERVICE_PORT_HTTP: '80', FOYER_PORT: 'tcp://10.0.0.1:80' }],
  [{ FOYER_PORT_80_TCP_ADDR: '10.0.0.1', FOYER_TEST_FSYNC: 'off', npm_config_port: '1' }],
])('%o is none of our business', (env) => {
  expect(readConfig(env)).toEqual(readConfig({}))
})

test('all problems are told at once and no password is repeated', () => {
  const problems = problemsOf({
    PORT: 'x',
    LOG_LEVEL: 'x',
    DATABASE_URL: 'mysql://u:secret@h/d',
    OWNER_EMAIL: 'a@b.org',
    OWNER_PASSWORD: 'secret',
  })

  expect(problems).toHaveLength(4)
  expect(problems.join('\n')).not.toContain('secret')
})

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).problems
  }
}
