import { ApiFailure, createApi } from '@foyer/client/api.ts'
import { elapsed, serverNow } from '@foyer/client/clock.ts'
import { defaultColor, isColor } from '@foyer/client/color.ts'
import { leaveKeysToInputMethod } from '@foyer/client/keys.ts'
import { regionOf } from '@foyer/client/region.ts'
import { surviveTranslation } from '@foyer/client/translation.ts'
import type { MessengerConfig } from '@foyer/contract/messenger.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { render } from 'preact'
import { App } from './app.tsx'
import { availabilityOf } from './availability.ts'
import { readContactToken } from './contact-token.ts'
import { type Conversations, createConversations } from './conversations.ts'
import { createFiles } from './files.ts'
import { wear } from './look.ts'
import { chooseLocale, loadTexts } from './messages.ts'
import { createMoments } from './moments.ts'
import { connectPanel } from './panel.ts'
import { createRequests } from './requests.ts'
import type { Scene } from './scene.ts'
import { Trouble } from './screens/trouble.tsx'
import type { Keeper } from './storage.ts'
import { wordingOf } from './wording.ts'
import './styles/base.css'
import './styles/composer.css'
import './styles/start.css'
import './styles/conversation.css'
import './styles/messages.css'
import './styles/peek.css'
import './styles/print.css'
import './styles/touch.css'

type Shown = Remembered &
  Pick<MessengerConfig, 'groups' | 'mails' | 'service' | 'replySeconds'> & {
    available: boolean | null
    free: boolean
    team: Scene['team']
  }
type Remembered = Pick<MessengerConfig, 'name' | 'locale' | 'color' | 'texts' | 'privacy' | 'files'>

const hourMs = 3_600_000
const patienceMs = 30_000
/** What was told of who is there is believed for so long. */
const staleMs = 60_000

/**
 * Shows the messenger of a widget on this page. `keeper` holds what outlives the page, the contact's secret among it; `tab`
 * what this tab shows.
 */
export function showMessenger(options: {
  widgetKey: string
  keeper: Keeper
  tab: Keeper
  /** The origin of the page around us. */
  site: string
  wishes: { color: string | null; locale: string | null }
  /** The website to go to from here, where this is a page of its own. */
  wayBack?: string | null
}): void {
  const { widgetKey, keeper, tab, wishes } = options
  leaveKeysToInputMethod(window)
  surviveTranslation(window)
  const panel = connectPanel(options.site)
  let locale: Locale = 'en'
  let drawing = 0
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: ReturnType<typeof setTimeout> | undefined

  const api = createApi({
    base: '',
    headers(): Record<string, string> {
      const token = readContactToken(keeper)
      return token ? { authorization: `Contact ${token}` } : {}
    },
  })

  const place = document.getElementById('root') as HTMLElement
  const known = remembered()
  const files = createFiles({ api, keeper, widgetKey, messages: () => conversations.waiting() })
  const conversations: Conversations = createConversations({
    requests: createRequests(api),
    keeper,
    panel,
    widgetKey,
    locale: () => locale,
    files,
  })
  conversations.subscribe(tellButton)
  // Who is there is not told to those who have no line; when they look, it is asked anew.
  panel.subscribe(() => {
    if (panel.state().open && elapsed() - askedAt > staleMs) void begin()
  })
  if (known)
    void show({
      ...known,
      available: null,
      free: false,
      replySeconds: null,
      team: [],
      groups: [],
      mails: false,
      service: null,
    })
  void begin()

  /** What the widget looked like the last time, so that it opens at once. */
  function remembered(): Remembered | null {
    try {
      const config = JSON.parse(keeper.get('config') ?? 'null') as MessengerConfig | null
      return config && typeof config.name === 'string' && isColor(config.color) && config.texts
        ? config
        : null
    } catch {
      return null
    }
  }

  async function begin(): Promise<void> {
    askedAt = elapsed()
    try {
      const config = await api.request<MessengerConfig>(
        'GET',
        `/api/v1/messenger/widgets/${encodeURIComponent(widgetKey)}`,
      )
      const { name, locale: own, color, texts, privacy, files, service } = config
      keeper.set('config', JSON.stringify({ name, locale: own, color, texts, privacy, files }))
      await show(config)
      if (service?.changesAt) askAgain(Date.parse(service.changesAt))
    } catch (failure) {
      const isUnknown = failure instanceof ApiFailure && failure.status === 404
      if (known && !isUnknown) return void setTimeout(begin, 10_000)
      locale = chooseLocale(wishes.locale, ...navigator.languages)
      const t = await loadTexts(locale)
      look(colorOf(null))
      const name = known?.name ?? null
      render(
        <Trouble t={t} name={name} isUnknown={isUnknown} panel={panel} again={() => void begin()} />,
        place,
      )
    }
  }

  /**
   * Asks again when the service opens or closes by the server's clock, in parts of an hour: a machine that sleeps is then
   * not much too late. A moment that is past already, as told a moment ago, is not asked after at once.
   */
  function askAgain(at: number): void {
    const left = at - serverNow()
    clearTimeout(asking)
    asking = setTimeout(
      () => (left > hourMs ? askAgain(at) : void begin()),
      left < 0 ? patienceMs : Math.min(left + 1_000, hourMs),
    )
  }

  async function show(config: Shown): Promise<void> {
    locale = chooseLocale(wishes.locale, ...navigator.languages, config.locale)
    const turn = ++drawing
    const t = await loadTexts(locale)
    // What was remembered must not be drawn over what is so.
    if (turn !== drawing) return
    look(colorOf(config.color))
    const { service } = config
    const scene = {
      ...wordingOf(config, locale),
      widgetKey,
      locale,
      t,
      moments: createMoments(regionOf(locale), t),
      name: config.name,
      available:
        config.available === null
          ? null
          : availabilityOf({ ...config, available: config.available && service?.open !== false }),
      replySeconds: config.replySeconds ?? null,
      team: config.team ?? [],
      isClosed: service !== null && !service.open,
      opensAt: service && !service.open && service.changesAt ? Date.parse(service.changesAt) : null,
      groups: config.groups,
      mails: config.mails,
      takes: config.files ?? null,
      files,
      conversations,
      panel,
      keeper,
      wayBack: options.wayBack ?? null,
    }
    render(<App scene={scene} tab={tab} />, place)
  }

  function look(color: string): void {
    document.documentElement.lang = locale
    wear(color)
    tellButton()
  }

  /** The site's own wish goes before the widget's colour, on the button and in here alike. */
  function colorOf(color: string | null): string {
    return isColor(wishes.color) ? wishes.color : isColor(color) ? color : (known?.color ?? defaultColor)
  }

  function tellButton(): void {
    const badge = conversations.badge()
    if (badge === undefined) return
    const color = document.documentElement.style.getPropertyValue('--brand')
    // A badge must not outlive the secret that could read what it counts.
    panel.tell({ badge: keeper.kept ? badge : null, unread: conversations.unread(), color })
  }
}
