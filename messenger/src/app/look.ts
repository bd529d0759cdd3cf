import { inkOn, readableOn } from '@foyer/client/color.ts'

/** Brings the brand's colour in, through the object model: the frame's policy allows no inline style. */
export function wear(color: string): void {
  const style = document.documentElement.style
  style.setProperty('--brand', color)
  style.setProperty('--ink', inkOn(color))
  // Moving away from the ink only makes what is written on it easier to read.
  style.setProperty('--shade', inkOn(color) === '#ffffff' ? '#000000' : '#ffffff')
  style.setProperty('--accent-on-light', readableOn(color, '#f1f2f5'))
  style.setProperty('--accent-on-dark', readableOn(color, '#282a31'))
}
