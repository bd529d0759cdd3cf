import { useEffect } from 'react'
import { useMe } from '../../session.ts'
import { letterOf } from '../../ui/letter.ts'
import { currentCommands } from './commands.ts'
import { commandOf } from './shortcuts.ts'

/** Runs commands by their keys: single ones unless they are switched off, and Ctrl or ⌘ with K always. */
export function useShortcuts({ openPalette }: { openPalette: () => void }): void {
  const { shortcuts } = useMe()
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented) return
      if ((event.ctrlKey || event.metaKey) && !event.altKey && letterOf(event) === 'k') {
        event.preventDefault()
        openPalette()
        return
      }
      if (!shortcuts || event.ctrlKey || event.metaKey || event.altKey) return
      if (
        isWriting(event.target) ||
        document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')
      )
        return
      const asked = commandOf(event)
      const command = asked && currentCommands().find(({ id }) => id === asked)
      if (!command) return
      event.preventDefault()
      command.run()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type="checkbox"]):not([type="radio"])'))
  )
}

/** How the palette's key is written on this system. */
export const paletteKeys = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘ K' : 'Ctrl K'
