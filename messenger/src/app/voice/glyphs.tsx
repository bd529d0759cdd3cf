const paths = {
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 6v12M15.5 6v12',
  discard: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5',
  mic: 'M12 4a2.8 2.8 0 0 0-2.8 2.8v4.4a2.8 2.8 0 0 0 5.6 0V6.8A2.8 2.8 0 0 0 12 4zM6 11a6 6 0 0 0 12 0M12 17v3',
  stop: 'M7.5 7.5h9v9h-9z',
  send: 'M12 19V5M5.5 11.5L12 5l6.5 6.5',
} as const

/** A drawing that says nothing by itself; the words stand beside it. */
export function Glyph({ name }: { name: keyof typeof paths }) {
  return (
    <svg class={`icon of-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
