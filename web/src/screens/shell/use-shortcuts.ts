import { useEffect } from 'react'
import { useMe } from '../../session.ts'
import { currentCommands } from './commands.ts'
import { shortcutsOf } from './shortcuts.ts'

/** Runs commands by their keys: single ones unless they are switched off or something is written, those with Ctrl or ⌘ always. */
export function useShortcuts(): void {
  const { shortcuts: areOn } = useMe()
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented) return
      const asked = shortcutsOf(event).filter(
        ({ withControl }) => withControl || (areOn && !isElsewhere(event)),
      )
      const command = currentCommands().find(({ id }) => asked.some((shortcut) => shortcut.id === id))
      if (!command) return
      event.preventDefault()
      command.run()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

/** Whether a single key belongs to what is written in, or to what lies over the page. */
function isElsewhere({ target }: KeyboardEvent): boolean {
  return isWriting(target) || !!document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type="checkbox"]):not([type="radio"])'))
  )
}
