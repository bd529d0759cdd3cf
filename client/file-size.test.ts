import { expect, test } from 'vitest'
import { fileSize } from './file-size.ts'

test.each([
  [13, '13 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_024, '1 kB'],
  [2_500, '2.4 kB'],
  [85_422, '83 kB'],
  [1_048_576, '1 MB'],
  [5_400_000, '5.1 MB'],
  [104_857_600, '100 MB'],
  [53_687_091_200, '50 GB'],
])('%i bytes are %s', (bytes, said) => expect(fileSize('en', bytes)).toBe(said))

test('each language has its own', () => {
  expect(fileSize('de', 5_400_000)).toBe('5,1 MB')
  expect(fileSize('fr', 5_400_000)).toMatch(/^5,1\sMo$/)
})
