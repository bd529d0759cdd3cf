/** How many emoji a message may have to be shown large. */
const most = 3

/** A letter of a flag by itself is none, nor is a sign that is written as text unless told otherwise: ©, ☎, digits. */
const one = [
  '\\p{RI}\\p{RI}',
  '[0-9#*]\\uFE0F\\u20E3',
  '🏴[\\u{E0020}-\\u{E007E}]+\\u{E007F}',
  '(?!\\p{RI})(?:\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}|\\p{Emoji_Presentation}(?!\\uFE0E)\\uFE0F?|(?![0-9#*])\\p{Emoji}\\uFE0F)' +
    '(?:\\u200D\\p{Emoji}(?:\\uFE0F|\\p{Emoji_Modifier})?)*',
].join('|')
const few = new RegExp(`^\\s*(?:(?:${one})\\s*){1,${most}}$`, 'u')

/** Whether a message is nothing but one to three emoji, which are then shown large. */
export function isFewEmoji(text: string): boolean {
  // The longest has some thirty units.
  return text.length < 150 && few.test(text)
}
