import { createContext, useContext, useState } from 'react'

const Shown = createContext(false)

/** Around a form: whether its fields say what is wrong before they were left, because saving was tried. */
export const ShowChecks = Shown.Provider

/** What is wrong with a value as it is typed, from the moment on at which its field was left or saving was tried. */
export function useCheck(check: string | undefined): { error: string | undefined; leave: () => void } {
  const all = useContext(Shown)
  const [left, setLeft] = useState(false)
  return { error: all || left ? check : undefined, leave: () => setLeft(true) }
}

/** Brings the first field of a form that is wrong under the hand. Call it when the checks are shown. */
export function focusFirstWrong(form: HTMLElement): void {
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
