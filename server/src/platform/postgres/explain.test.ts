import { expect, test } from 'vitest'
import { explain } from './explain.ts'

test.each([
  ['initdb: error: could not create directory "/x/pg_wal": No space left on device', 'is full'],
  ['FATAL:  could not extend file\nHINT:  Check free disk space.\nPANIC:  cannot abort', 'is full'],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'shared memory'],
  ["postgres: /lib/libm.so.6: version `GLIBC_2.27' not found (required by postgres)", 'glibc 2.27'],
  ['Error: spawn /cache/bin/postgres ENOENT', 'glibc 2.27'],
  ['FATAL:  database files are incompatible with server', 'another major version'],
  ['PANIC:  could not locate a valid checkpoint record at 0/15', 'damaged'],
  ['Error: EACCES: permission denied, mkdir', 'belongs to another user'],
  ["Error: EROFS: read-only file system, mkdir '/data'", 'read-only'],
  ['LOG:  one\nFATAL:  something nobody foresaw\nLOG:  two', 'FATAL:  something nobody foresaw'],
  ['', 'without a word'],
])('%j is told as a sentence with %j', (printed, part) => {
  const sentence = explain(printed, '/srv/foyer')

  expect(sentence).toContain(part)
  expect(sentence).toMatch(/^[A-Z].*\.?$/)
})
