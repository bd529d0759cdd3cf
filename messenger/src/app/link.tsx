import { ApiFailure, createApi } from '@foyer/client/api.ts'
import type { openMailLink, readMailLink } from '@foyer/contract/mail.ts'
import type { AnswerOf } from '@foyer/contract/route.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { render } from 'preact'
import { wear } from './look.ts'
import { chooseLocale, loadTexts } from './messages.ts'
import { knownSecrets, openOpenedLinks } from './opened-links.ts'
import { Gate } from './screens/gate.tsx'
import { showMessenger } from './show.tsx'
import { openKeeper } from './storage.ts'
import './styles/page.css'

/*
 * The page that the link of a mail opens. Loading it changes nothing, whoever does: only a press of its button uses the link
 * up. What it gets stays in this tab; whose secret the site's messenger keeps in this browser is not touched. That this browser
 * has opened the link is kept, so that it opens here again.
 */

const root = '/api/v1/mail-link'
const prefix = 'foyer-link:'
const place = document.getElementById('root') as HTMLElement
const tab = openKeeper(() => sessionStorage, prefix)
const opened = openOpenedLinks(() => localStorage)
const api = createApi({ base: '' })
const secret = location.hash.slice(1)
let locale: Locale | undefined

// Another link, pasted into this tab.
window.addEventListener('hashchange', () => location.hash.length > 1 && location.reload())

const widgetKey = tab.get('widget')
if (secret) void ask()
else if (widgetKey) enter(widgetKey)
else void draw({ state: 'invalid' })

type Shown = Pick<Parameters<typeof Gate>[0], 'state' | 'open' | 'refuse' | 'renew'>

async function draw(shown: Shown): Promise<void> {
  const spoken = chooseLocale(locale, ...navigator.languages)
  const t = await loadTexts(spoken)
  document.documentElement.lang = spoken
  const { state } = shown
  const name = typeof state === 'object' && 'name' in state ? state.name : null
  document.title = name === null ? t('name') : t('link.title', { name })
  render(<Gate t={t} {...shown} again={() => void ask()} />, place)
}

/** A day of the past, as part of a sentence. */
function dayOf(moment: string): string {
  const spoken = chooseLocale(locale, navigator.language)
  const region = navigator.languages.find((tag) => tag.startsWith(spoken)) ?? spoken
  return new Intl.DateTimeFormat(region, { dateStyle: 'long' }).format(Date.parse(moment))
}

/** The link, with what this browser got by it before. */
function shownLink(): { token: string; own?: string } {
  const own = opened.own(secret)
  return { token: secret, ...(own ? { own } : {}) }
}

async function ask(): Promise<void> {
  try {
    const link = await api.request<AnswerOf<typeof readMailLink>>('POST', root, { body: shownLink() })
    wear(link.color)
    locale = link.locale
    const { organizationName: name, address, beganAt, site } = link
    tab.set('locale', locale)
    tab.set('site', site)
    await draw({
      state: { name, address, day: dayOf(beganAt), site },
      open: () => void open(),
      refuse: () => void refuse(site),
    })
  } catch (failure) {
    await drawTrouble(failure)
  }
}

async function open(): Promise<void> {
  try {
    const answer = await api.request<AnswerOf<typeof openMailLink>>('POST', `${root}/opening`, {
      body: { ...shownLink(), known: knownSecrets(() => localStorage) },
    })
    opened.keep(secret, answer.token)
    const own = openKeeper(() => sessionStorage, `${prefix}${answer.widgetKey}:`)
    own.set('token', answer.token)
    own.set('shown', answer.conversationId)
    tab.set('widget', answer.widgetKey)
    history.replaceState(null, '', location.pathname)
    render(null, place)
    enter(answer.widgetKey, own)
  } catch (failure) {
    await drawTrouble(failure)
  }
}

async function refuse(site: string | null): Promise<void> {
  try {
    await api.request('POST', `${root}/refusal`, { body: shownLink() })
    opened.forget(secret)
    tab.set('widget', null)
    history.replaceState(null, '', location.pathname)
    await draw({ state: { refused: true, site } })
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
    wayBack: tab.get('site'),
  })
}

async function drawTrouble(failure: unknown): Promise<void> {
  const isInvalid = failure instanceof ApiFailure && failure.status === 404
  if (!isInvalid) return draw({ state: 'unreachable' })
  await draw({
    state: 'invalid',
    ...(secret
      ? { renew: () => api.request<void>('POST', `${root}/renewal`, { body: { token: secret } }) }
      : {}),
  })
}
