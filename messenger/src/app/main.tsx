import { showMessenger } from './show.tsx'
import { openKeeper } from './storage.ts'

const asked = new URLSearchParams(location.search)
const widgetKey = asked.get('widget') ?? ''
const prefix = `foyer:${widgetKey}:`

showMessenger({
  widgetKey,
  keeper: openKeeper(() => localStorage, prefix),
  tab: openKeeper(() => sessionStorage, prefix),
  site: asked.get('site') ?? location.origin,
  wishes: { color: asked.get('color'), locale: asked.get('locale') },
})
