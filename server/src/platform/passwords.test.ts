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
  // Decoration of any length.
  ...[
    'password12345678',
    'password123456789',
    '1234password5678',
    '!!2026!!dr4gon--123456',
    'qwertyuiop-998877',
  ],
  // Repetition with something between or around.
  ...['qwertyqwerty1', 'dragon dragon', 'dragon1dragon2', '--Dragon.dr4gon--'],
  // Accents, and letters of other scripts that look alike.
  ...['pässwörd1', 'fußball1', 'Fußball2026', 'p\u0430ssword', 'drag\u03bfn2024', 'Аnna.Berg'],
  // Keyboards and words of the list's gaps.
  ...['qwertz123', 'Qwertz.qwertz', 'пароль123', 'йцукенгш', 'willkommen1', 'mötdepasse7'],
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
    'kettle violet harbour pencil',
    'dragon password sunshine monkey',
    'größere Wörter über Straßen',
    '31415926-53589793',
  ],
])('takes %s', async (password) => {
  expect(await answer(password)).toBe('taken')
})

test('knows at least ten thousand of them', async () => {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  expect(dictionary['passwords-common'].filter((each) => each.length >= 8).length).toBeGreaterThan(10_000)
})
