/**
 * Leaves keys to the input method while letters are being composed, and the key that confirms them, too: no handler of
 * this page hears of it, whoever wrote it. Safari says that composing has ended before it tells of that key; what is left
 * to know it by is its old number, 229.
 */
export function leaveKeysToInputMethod(page: Window): void {
  page.addEventListener(
    'keydown',
    (event) => {
      if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation()
    },
    { capture: true },
  )
}
