import { ApiFailure, createApi } from '@foyer/client/api.ts'
import type { openMailLink, readMailLink } from '@foyer/contract/mail.ts'
import type { AnswerOf } from '@foyer/contract/route.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { render } from 'preact'
import { wear } from './look.ts'
import { chooseLocale, loadTexts } from './messages.ts'
import { Gate } from './screens/gate.tsx'
import { showMessenger } from './show.tsx'
import { openKeeper } from './storage.ts'
import './styles/page.css'

/*
 * The page that the link of a mail opens. Loading it changes nothing, whoever does: only a press of its button uses the link
 * up. What it gets stays in this tab; whose secret the site's messenger keeps in this browser is not touched.
 */

const root = '/api/v1/mail-link'
const prefix = 'foyer-link:'
const place = document.getElementById('root') as HTMLElement
const tab = openKeeper(() => sessionStorage, prefix)
const api = createApi({ base: '' })
const secret = location.hash.slice(1)

// Another link, pasted into this tab.
window.addEventListener('hashchange', () => location.hash.length > 1 && location.reload())

const widgetKey = tab.get('widget')
if (secret) void ask()
else if (widgetKey) enter(widgetKey)
else void draw({ state: 'invalid' })

type State = Parameters<typeof Gate>[0]['state']

async function draw(shown: { state: State; locale?: Locale; open?: () => void }): Promise<void> {
  const locale = chooseLocale(shown.locale, ...navigator.languages)
  const t = await loadTexts(locale)
  document.documentElement.lang = locale
  const { state } = shown
  document.title = typeof state === 'object' ? t('link.title', { name: state.name }) : t('name')
  render(<Gate t={t} state={state} open={shown.open} again={() => void ask()} />, place)
}

async function ask(): Promise<void> {
  try {
    const link = await api.request<AnswerOf<typeof readMailLink>>('POST', root, { body: { token: secret } })
    wear(link.color)
    const { locale, organizationName: name, address } = link
    tab.set('locale', locale)
    await draw({ state: { name, address }, locale, open: () => void open() })
  } catch (failure) {
    await drawTrouble(failure)
  }
}

async function open(): Promise<void> {
  try {
    const opened = await api.request<AnswerOf<typeof openMailLink>>('POST', `${root}/opening`, {
      body: { token: secret },
    })
    const own = openKeeper(() => sessionStorage, `${prefix}${opened.widgetKey}:`)
    own.set('token', opened.token)
    own.set('shown', opened.conversationId)
    tab.set('widget', opened.widgetKey)
    history.replaceState(null, '', location.pathname)
    render(null, place)
    enter(opened.widgetKey, own)
  } catch (failure) {
    await drawTrouble(failure)
  }
}

function enter(key: string, own = openKeeper(() => sessionStorage, `${prefix}${key}:`)): void {
  showMessenger({
    widgetKey: key,
    keeper: own,
    tab: own,
    site: location.origin,
    wishes: { color: null, locale: tab.get('locale') },
  })
}

function drawTrouble(failure: unknown): Promise<void> {
  const isInvalid = failure instanceof ApiFailure && failure.status === 404
  return draw({ state: isInvalid ? 'invalid' : 'unreachable' })
}
