import type { Fault, Shot, Taken } from './take.ts'

/** The page that shows all pictures in a grid, by screen, with filters. */
export function indexPage({ shots, faults, broken }: Taken): string {
  const names = [...new Set(shots.map(({ screen }) => screen))]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Screens</title>
<style>${style}</style>
<header>
  <h1>Screens</h1>
  ${filter('part', shots)}${filter('size', shots)}${filter('theme', shots)}${filter('locale', shots)}
  <label>Name <input type="search" data-filter="screen"></label>
</header>
${broken.length > 0 ? `<section class="faults"><h2>Could not be shown</h2><ul>${broken.map((line) => `<li>${inHtml(line)}</li>`).join('')}</ul></section>` : ''}
<section class="faults"><h2>axe: ${faults.length === 0 ? 'nothing found' : `${faults.length} findings`}</h2>${faultList(faults)}</section>
${names.map((name) => section(name, shots, faults)).join('\n')}
<script>${script}</script>
</html>
`
}

function filter(key: 'part' | 'size' | 'theme' | 'locale', shots: readonly Shot[]): string {
  const values = [...new Set(shots.map((shot) => shot[key]))]
  return `<label>${key} <select data-filter="${key}"><option value="">all</option>${values
    .map((value) => `<option>${inHtml(value)}</option>`)
    .join('')}</select></label>`
}

function section(name: string, shots: readonly Shot[], faults: readonly Fault[]): string {
  const own = shots.filter(({ screen }) => screen === name)
  const count = faults.filter(({ screen }) => screen === name).length
  return `<section class="screen" id="${name}"><h2><a href="#${name}">${name}</a>${count > 0 ? ` <small>axe: ${count}</small>` : ''}</h2><div class="grid">${own
    .map(
      ({ file, part, size, theme, locale }) =>
        `<a href="${file}" data-screen="${name}" data-part="${part}" data-size="${size}" data-theme="${theme}" data-locale="${locale}"><img loading="lazy" src="${file}" alt=""><span>${size} · ${theme} · ${locale}</span></a>`,
    )
    .join('')}</div></section>`
}

function faultList(faults: readonly Fault[]): string {
  const rules = [...new Set(faults.map(({ rule }) => rule))]
  return `<ul>${rules
    .map((rule) => {
      const own = faults.filter((fault) => fault.rule === rule)
      const where = [
        ...new Set(
          own.flatMap((fault) =>
            fault.where.map((each) => `${fault.screen} ${fault.size} ${fault.theme}: ${each}`),
          ),
        ),
      ]
      return `<li><b>${rule}</b> ${inHtml(own[0]?.help ?? '')}<ul>${where.map((each) => `<li><code>${inHtml(each)}</code></li>`).join('')}</ul></li>`
    })
    .join('')}</ul>`
}

function inHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const style = `
body { font: 14px/1.45 system-ui, sans-serif; margin: 0; padding: 0 24px 48px; background: #f4f4f5; color: #18181b }
header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 16px; align-items: center; padding: 12px 0; background: inherit; z-index: 1 }
h1 { font-size: 18px; margin: 0 16px 0 0 } h2 { font-size: 15px; margin: 28px 0 10px } h2 a { color: inherit; text-decoration: none } small { color: #b91c1c; font-weight: 400 }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 16px; align-items: start }
.grid a { display: block; color: #52525b; text-decoration: none; font-size: 12px } .grid img { display: block; width: 100%; border: 1px solid #d4d4d8; border-radius: 6px; margin-bottom: 4px }
[hidden] { display: none !important } code { font-size: 12px }`

const script = `
const filters = [...document.querySelectorAll('[data-filter]')]
function apply() {
  for (const section of document.querySelectorAll('.screen')) {
    let any = false
    for (const shot of section.querySelectorAll('.grid a')) {
      shot.hidden = !filters.every(({ dataset, value, tagName }) => !value || (tagName === 'INPUT' ? shot.dataset.screen.includes(value) : shot.dataset[dataset.filter] === value))
      any ||= !shot.hidden
    }
    section.hidden = !any
  }
  history.replaceState(null, '', '#' + new URLSearchParams(filters.filter(({ value }) => value).map(({ dataset, value }) => [dataset.filter, value])))
}
const asked = new URLSearchParams(location.hash.slice(1))
for (const each of filters) { each.value = asked.get(each.dataset.filter) ?? each.value; each.addEventListener('input', apply) }
if ([...asked.values()].some(Boolean)) apply()`
