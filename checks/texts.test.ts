import { describe, expect, test } from 'vitest'
import { pathsOf, scripts, settings } from './documents.ts'
import { countReport, failuresIn } from './results.ts'
import { firstScripts } from './sizes.ts'
import { avoided, compared, french, idleIn, readable } from './translations.ts'

describe('translations', () => {
  test('a message can be read by the formatter', () => {
    expect(readable('f', { a: '{count, plural, one {#} other {#}}' })).toEqual([])
    expect(readable('f', { a: '{count, plural, one {#}', b: ' ' })).toHaveLength(2)
  })

  test('another language has the same keys and values, and other words', () => {
    const english = { a: 'Hello {name}', b: 'Good day' }
    expect(compared('f', english, { a: 'Bonjour {name}', b: 'Bonne journée' })).toEqual([])
    expect(compared('f', english, { a: 'Bonjour' })).toHaveLength(2)
    expect(compared('f', english, { a: 'Hello {name}', b: 'Guten Tag', c: 'x' })).toHaveLength(2)
    expect(compared('f', { a: 'Chat', b: '{name}' }, { a: 'Chat', b: '{name}' })).toEqual([])
  })

  test('French has its spaces', () => {
    expect(
      french('f', { a: 'Vraiment\u202f?', b: '{name}\u00a0: oui', c: 'à 12:30', d: 'https://a.fr' }),
    ).toEqual([])
    expect(french('f', { a: 'Vraiment ?', b: '{name}: oui', c: '« oui »', d: 'Non!' })).toHaveLength(4)
  })

  test('a text is shown, whole or by how its key begins', () => {
    const source = `t('a.b'); t(\`state.\${state}\`); texts.open`
    expect(idleIn(source, ['a.b', 'state.new', 'launcher.open', 'a.c'])).toEqual(['a.c'])
  })
})

describe('documents', () => {
  test('name scripts and settings that exist', () => {
    expect(scripts('R', '`npm run bench` and `npm start`', ['start', 'bench'])).toEqual([])
    expect(scripts('R', '`npm run fly`', ['start'])).toHaveLength(1)
    const config = "const settings = [\n  'PORT',\n  'HOST',\n] as const"
    expect(settings('README.md', '`PORT` `HOST`', config)).toEqual([])
    expect(settings('README.md', '`PORT=4001` `NO_SUCH`', config)).toHaveLength(2)
  })

  test('draw a tree that can be followed', () => {
    expect(pathsOf('a/\n  b/   what it is\n    c.ts · d.ts\n  e/\nf/')).toEqual([
      'a/',
      'a/b/',
      'a/b/c.ts',
      'a/b/d.ts',
      'a/e/',
      'f/',
    ])
  })
})

test('the first scripts of a page are those it names', () => {
  const page = '<script src="/assets/a.js"></script><link rel="modulepreload" href="/assets/b.js">'
  expect(firstScripts(page)).toEqual(['web/dist/assets/a.js', 'web/dist/assets/b.js'])
})

describe('the count of a run', () => {
  const report = (over: object) =>
    JSON.stringify({
      numPassedTests: 3,
      numFailedTests: 0,
      numTotalTests: 3,
      success: true,
      testResults: [],
      ...over,
    })

  test('is what passed and what failed', () => {
    expect(countReport(report({}))).toEqual({ passed: 3, failed: 0 })
    expect(countReport(report({ numFailedTests: 1, numTotalTests: 4, success: false }))).toEqual({
      passed: 3,
      failed: 1,
    })
  })

  test('takes what was left out, broke, or never reported for failed', () => {
    expect(countReport(report({ numTotalTests: 5 })).failed).toBe(2)
    const broken = [{ name: 'a', status: 'failed', assertionResults: [] }]
    expect(countReport(report({ testResults: broken, success: false })).failed).toBe(1)
    expect(countReport(report({ success: false })).failed).toBe(1)
    expect(countReport(null).failed).toBe(1)
  })

  test('names what failed, with where in our own code', () => {
    const message =
      'expected 1 to be 2\n    at /work/a.test.ts:2:46\n    at file:///work/node_modules/vitest/run.js:1'
    const tests = [
      { status: 'passed', fullName: 'good', failureMessages: [] },
      { status: 'failed', fullName: 'bad', failureMessages: [message] },
      { status: 'skipped', fullName: 'left out', failureMessages: [] },
    ]
    const files = [
      { name: 'a.test.ts', status: 'failed', message: '', assertionResults: tests },
      { name: 'b.test.ts', status: 'failed', message: 'cannot be read', assertionResults: [] },
    ]
    expect(failuresIn(report({ testResults: files }))).toEqual([
      'a.test.ts: bad\n    expected 1 to be 2\n        at /work/a.test.ts:2:46',
      'a.test.ts: left out',
      'b.test.ts\n    cannot be read',
    ])
    expect(failuresIn(null)).toEqual([])
  })
})

test('a word is found that stands for an idea which has another one, and what the formatter reads is none', () => {
  expect(avoided('locales/fr/web.json', { a: 'M’assigner', b: 'M’attribuer' })).toEqual([
    expect.stringContaining('a says "assign"'),
  ])
  expect(avoided('locales/en/web.json', { a: 'It cannot be changed.', b: '{email} is yours.' })).toHaveLength(
    1,
  )
  expect(avoided('locales/en/messenger.json', { a: 'The operator had to leave.' })).toHaveLength(1)
  expect(avoided('locales/en/web.json', { a: 'The operator had to leave.' })).toEqual([])
  expect(
    avoided('locales/de/errors.json', { a: 'Diese E-Mail gibt es nicht.', b: 'Ihre Mail ging weg.' }),
  ).toHaveLength(1)
})
