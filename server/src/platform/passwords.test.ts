import { expect, test } from 'vitest'
import { refuseCommon } from './passwords.ts'

const own = ['Anna Berg', 'anna.berg@lamps.example', 'Lamp shop']
const answer = (password: string) =>
  refuseCommon(password, own).then(
    () => 'taken',
    (error: { code: string }) => error.code,
  )

test.each([
  ...[
    'password',
    '12345678',
    'PassWord',
    'ｐａｓｓｗｏｒｄ',
    ' password ',
    'Password1',
    'p4$$w0rd',
    'P@ssw0rd!',
    'Sunshine2024!',
  ],
  ...['qwertyuiop', 'QWERTZUIOP', 'azertyuiop', 'abcdefgh', '87654321', '1234567890123456', 'letmein!!'],
  ...['aaaaaaaa', 'abababab', '12341234', 'passwordpassword', '        ', 'hunter2hunter2'],
  ...[
    'annaberg',
    'Anna.Berg1984',
    'bergAnna!',
    'anna.berg@lamps.example',
    'LampShop2024',
    'lampsexample',
    'foyer12345',
  ],
])('refuses %s, which others try first', async (password) => {
  expect(await answer(password)).toBe('password.common')
})

test.each([
  ...[
    'correct horse battery',
    'a long enough password',
    'slow mornings, warm mugs',
    'tulip-42-harbour',
    'long enough',
  ],
  ...[
    'kettle91ab',
    'Zx9#mQ2v',
    'anna reads the lamps of the harbour',
    'пароль для чайника',
    '雨の日は本を読む',
  ],
])('takes %s', async (password) => {
  expect(await answer(password)).toBe('taken')
})

test('knows at least ten thousand of them', async () => {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  expect(dictionary['passwords-common'].filter((each) => each.length >= 8).length).toBeGreaterThan(10_000)
})
