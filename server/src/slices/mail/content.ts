import { cutText } from '@foyer/contract/graphemes.ts'
import { type Attributes, drawRichText, type Tag } from '@foyer/contract/rich-text/draw.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { sayVoice } from '@foyer/contract/voice.ts'
import { escapeHtml } from '../../platform/http/statics.ts'
import { type AccountFilling, type AccountKind, sayAccount } from './content-accounts.ts'

/** What somebody wrote; `content`: with its formatting, where it has any. */
type Said = { name: string; text: string; content?: RichText | undefined; signature: string | null }

/** What a mail of each kind is filled with; a further kind begins with a line here. */
export type Filling = {
  test: { organization: string }
  unread: {
    organization: string
    link: string
    /** Oldest first, each under the name its contact knows; under the last of each author stands their signature. */
    messages: readonly Said[]
    /** Whether there are more than are shown. */
    isCut: boolean
  }
  link: { organization: string; link: string }
  invitation: {
    organization: string
    link: string
    /** Who invites. */
    name: string
  }
} & Record<AccountKind, AccountFilling>
export type MailKind = keyof Filling
export type Filled = { [Kind in MailKind]: { kind: Kind } & Filling[Kind] }[MailKind]

export type Letter = { subject: string; text: string; html: string }

type Texts = {
  answered: string
  goesOn: string
  more: string
  open: string
  alone: string
  why: string
  invited: string
  invitedText: string
  accept: string
  invitedAlone: string
  invitedWhy: string
  linkSubject: string
  linkText: string
  testSubject: string
  test: string
  voice: string
}

const texts: Readonly<Record<Locale, Texts>> = {
  en: {
    answered: '{name} replied to you',
    goesOn: 'There’s news in your conversation with {organization}:',
    more: 'There’s more in the conversation.',
    open: 'Open the conversation',
    alone:
      'This link is for you alone and valid for 7 days. Please don’t reply to this e-mail – use the button above.',
    why: 'You’re getting this e-mail because this address was left in a conversation with {organization}. If that wasn’t you, open the link and choose “That was not me”.',
    invited: '{name} invites you to {organization}',
    invitedText: '{name} would like you to join the team that replies to the customers of {organization}.',
    accept: 'Accept the invitation',
    invitedAlone: 'This link is for you alone, works once and is valid for 7 days.',
    invitedWhy:
      'You’re getting this e-mail because {name} entered this address. If you weren’t expecting it, you can ignore it.',
    linkSubject: 'Your link to the conversation with {organization}',
    linkText: 'Here’s the link you asked for. It takes you back to your conversation with {organization}.',
    testSubject: 'Test e-mail from {organization}',
    test: 'E-mail from {organization} works. There’s nothing you need to do.',
    voice: 'Voice message ({clock})',
  },
  fr: {
    answered: '{name} vous a répondu',
    goesOn: 'Du nouveau dans votre conversation avec {organization} :',
    more: 'La suite se trouve dans la conversation.',
    open: 'Ouvrir la conversation',
    alone:
      'Ce lien est personnel et valable 7 jours. Merci de ne pas répondre à cet e-mail : utilisez le bouton ci-dessus.',
    why: 'Vous recevez cet e-mail parce que cette adresse a été indiquée dans une conversation avec {organization}. Si ce n’était pas vous, ouvrez le lien et choisissez « Ce n’était pas moi ».',
    invited: '{name} vous invite à rejoindre {organization}',
    invitedText: '{name} vous propose de rejoindre l’équipe qui répond aux clients de {organization}.',
    accept: 'Accepter l’invitation',
    invitedAlone: 'Ce lien est personnel, ne sert qu’une fois et reste valable 7 jours.',
    invitedWhy:
      'Vous recevez cet e-mail parce que {name} a saisi cette adresse. Si vous ne vous y attendiez pas, ignorez cet e-mail.',
    linkSubject: 'Votre lien vers la conversation avec {organization}',
    linkText: 'Voici le lien que vous avez demandé. Il vous ramène à votre conversation avec {organization}.',
    testSubject: 'E-mail de test de {organization}',
    test: 'Les e-mails de {organization} fonctionnent. Vous n’avez rien à faire.',
    voice: 'Message vocal ({clock})',
  },
  de: {
    answered: '{name} hat Ihnen geantwortet',
    goesOn: 'Neues in Ihrer Unterhaltung mit {organization}:',
    more: 'Weitere Nachrichten stehen in der Unterhaltung.',
    open: 'Unterhaltung öffnen',
    alone:
      'Der Link ist nur für Sie und gilt 7 Tage. Bitte antworten Sie nicht auf diese E-Mail, sondern in der Unterhaltung.',
    why: 'Sie erhalten diese E-Mail, weil diese Adresse in einer Unterhaltung mit {organization} angegeben wurde. Falls Sie das nicht waren, öffnen Sie den Link und wählen Sie „Das war ich nicht“.',
    invited: '{name} lädt Sie zu {organization} ein',
    invitedText: '{name} lädt Sie ein, im Team von {organization} Kundenanfragen zu beantworten.',
    accept: 'Einladung annehmen',
    invitedAlone: 'Der Link ist nur für Sie, funktioniert einmal und gilt 7 Tage.',
    invitedWhy:
      'Sie erhalten diese E-Mail, weil {name} diese Adresse eingetragen hat. Falls Sie sie nicht erwartet haben, ignorieren Sie sie einfach.',
    linkSubject: 'Ihr Link zur Unterhaltung mit {organization}',
    linkText:
      'Hier ist der Link, den Sie angefordert haben. Er führt Sie zurück zu Ihrer Unterhaltung mit {organization}.',
    testSubject: 'Test-E-Mail von {organization}',
    test: 'E-Mails von {organization} funktionieren. Sie müssen nichts weiter tun.',
    voice: 'Sprachnachricht ({clock})',
  },
}

/** Writes a mail: the same for sending and for looking at. */
export function write(locale: Locale, filled: Filled): Letter {
  const own = texts[locale]
  const { organization } = filled
  if (filled.kind === 'test') {
    const said = put(own.test, { organization })
    return {
      subject: put(own.testSubject, { organization }),
      text: `${said}\n`,
      html: page({
        locale,
        organization,
        preview: said,
        body: html`<p ${look('lead')}>${said}</p>`,
        foot: [],
      }),
    }
  }
  if (filled.kind === 'link') {
    const { link } = filled
    const said = put(own.linkText, { organization })
    const foot = [own.alone, put(own.why, { organization })]
    return {
      subject: put(own.linkSubject, { organization }),
      text: `${said}\n\n${own.open}:\n${link}\n\n-- \n${foot.join('\n')}\n`,
      html: page({
        locale,
        organization,
        preview: said,
        body: html`<p ${look('lead')}>${said}</p>
<div ${look('gap')}>&nbsp;</div>
${button(link, own.open)}`,
        foot,
      }),
    }
  }
  if (filled.kind === 'invitation') {
    const { name, link } = filled
    const said = put(own.invitedText, { name, organization })
    const foot = [own.invitedAlone, put(own.invitedWhy, { name })]
    return {
      subject: put(own.invited, { name, organization }),
      text: `${said}\n\n${own.accept}:\n${link}\n\n-- \n${foot.join('\n')}\n`,
      html: page({
        locale,
        organization,
        preview: said,
        body: html`<p ${look('lead')}>${said}</p>
<div ${look('gap')}>&nbsp;</div>
${button(link, own.accept)}`,
        foot,
      }),
    }
  }
  if (filled.kind !== 'unread') {
    const { subject, said, action, foot } = sayAccount(locale, filled)
    const press = action ? [`${action}:\n${filled.link}`] : []
    return {
      subject,
      text: `${[...said, ...press].join('\n\n')}\n\n-- \n${foot.join('\n')}\n`,
      html: page({
        locale,
        organization,
        preview: said[0] ?? subject,
        body: html`${said.map((paragraph) => html`<p ${look('lead')}>${paragraph}</p>`)}${action ? html`<div ${look('gap')}>&nbsp;</div>${button(filled.link, action)}` : ''}`,
        foot,
      }),
    }
  }
  const { link } = filled
  const messages = filled.messages.map((message) => ({
    ...message,
    text: sayVoice(message.text, (clock) => put(own.voice, { clock })),
  }))
  const subject = put(own.answered, { name: messages.at(-1)?.name ?? organization })
  const goesOn = put(own.goesOn, { organization })
  const foot = [own.alone, put(own.why, { organization })]
  const more = filled.isCut ? own.more : null
  return {
    subject,
    text: [
      goesOn,
      ...messages.flatMap(({ name, text, signature }) => [
        `${name}:\n${text.replace(/^/gm, '> ')}`,
        ...(signature ? [signature] : []),
      ]),
      ...(more ? [more] : []),
      `${own.open}:\n${link}`,
      `-- \n${foot.join('\n')}\n`,
    ].join('\n\n'),
    html: page({
      locale,
      organization,
      preview: messages[0] ? cutText(messages[0].text, 140) : goesOn,
      body: html`<p ${look('lead')}>${goesOn}</p>
${messages.map(
  ({ name, text, content, signature }) =>
    html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td ${look('said')}><p ${look('name')} dir="auto">${name}</p>${content ? formatted(content) : html`<p ${look('text')} dir="auto">${lines(text)}</p>`}${signature ? html`<p ${look('signature')} dir="auto">${lines(signature)}</p>` : ''}</td></tr><tr><td height="10"></td></tr></table>`,
)}${more ? html`<p ${look('soft')}>${more}</p>` : ''}
<div ${look('gap')}>&nbsp;</div>
${button(link, own.open)}`,
      foot,
    }),
  }
}

/** HTML that is safe as it stands. What is put into a template is escaped here and nowhere else. */
class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
type Part = string | Html | readonly Html[]

function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const safe = (part: Part): string =>
    typeof part === 'string' ? escapeHtml(part) : part instanceof Html ? part.text : part.map(safe).join('')
  return new Html(
    strings.reduce((whole, string, index) => whole + safe(parts[index - 1] ?? '') + string, '').trim(),
  )
}

function button(link: string, text: string): Html {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td ${look('button')}><a href="${link}" ${look('link')}>${text}</a></td></tr></table>`
}

function lines(text: string): readonly Html[] {
  return text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))
}

/** Formatted text. */
function formatted(content: RichText): readonly Html[] {
  return drawRichText<Html>(content, {
    element,
    // The space at its ends is between words.
    text: (text) => new Html(escapeHtml(text).replaceAll('\n', '<br>')),
  })
}

/** How the parts look that have a look of their own here. */
const looksOf: { readonly [Part in Tag]?: keyof typeof looks } = {
  p: 'text',
  pre: 'pre',
  blockquote: 'quote',
  ul: 'list',
  ol: 'list',
  li: 'item',
  code: 'code',
  a: 'words',
}

function element(tag: Tag, { href, host, start }: Attributes, children: Html[]): Html {
  const name = looksOf[tag]
  const attributes = [
    ...(name ? [look(name)] : []),
    ...(href === undefined ? [] : [html`href="${href}" rel="noopener noreferrer"`]),
    ...(start === undefined ? [] : [html`start="${String(start)}"`]),
    ...(tag === 'p' || tag === 'li' ? [new Html('dir="auto"')] : []),
  ]
  const open = [new Html(tag), ...attributes].map(({ text }) => text).join(' ')
  const inside =
    children.map(({ text }) => text).join('') + (host === undefined ? '' : escapeHtml(` (${host})`))
  return new Html(`<${open}>${inside}</${tag}>`)
}

const looks = {
  body: ['margin:0;padding:0;background:#f0ece4;', 'background:#12100d'],
  brand: ['padding:0 6px 14px;font-size:14px;font-weight:600;color:#443e37;', 'color:#c3bdb4'],
  mark: [
    'display:inline-block;width:12px;height:14px;border:2px solid #1d5a55;border-radius:9px 9px 2px 2px;background:#f0a45c;vertical-align:-3px;margin:0 9px 0 0;',
    'border-color:#7cc4bc',
  ],
  card: [
    'background:#fffdf9;border:1px solid #e4ddd1;border-radius:14px;padding:30px 30px 28px;',
    'background:#1e1b17;border-color:#322e29',
  ],
  lead: ['margin:0 0 16px;font-size:16px;line-height:1.55;color:#27221d;', 'color:#ece8e1'],
  said: ['background:#f4f0ea;border-radius:4px 14px 14px 14px;padding:12px 16px;', 'background:#2a2622'],
  name: ['margin:0 0 4px;font-size:13px;font-weight:600;color:#5c554d;', 'color:#b3aca3'],
  text: [
    'margin:0;font-size:15px;line-height:1.5;color:#27221d;word-break:break-word;overflow-wrap:anywhere;',
    'color:#ece8e1',
  ],
  list: ['margin:4px 0;padding:0 0 0 24px;font-size:15px;line-height:1.5;color:#27221d;', 'color:#ece8e1'],
  item: ['margin:2px 0;overflow-wrap:anywhere;', ''],
  quote: ['margin:6px 0;padding:0 0 0 12px;border-left:3px solid #cfc5b6;', 'border-color:#5a534a'],
  code: [
    'padding:1px 4px;border-radius:4px;background:#e7e0d5;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;',
    'background:#3a352f',
  ],
  pre: [
    'margin:6px 0;padding:10px 12px;border-radius:8px;background:#e7e0d5;color:#27221d;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere;',
    'background:#3a352f;color:#ece8e1',
  ],
  words: ['color:#1d5a55;', 'color:#7cc4bc'],
  signature: [
    'margin:10px 0 0;font-size:13px;line-height:1.45;color:#5c554d;overflow-wrap:anywhere;',
    'color:#b3aca3',
  ],
  soft: ['margin:0 0 10px;font-size:14px;color:#5c554d;', 'color:#b3aca3'],
  gap: ['height:8px;font-size:8px;line-height:8px;', ''],
  button: ['background:#1d5a55;border-radius:10px;', 'background:#7cc4bc'],
  link: [
    'display:inline-block;padding:13px 24px;font-size:15px;font-weight:600;color:#ffffff;text-decoration:none;',
    'color:#10201e',
  ],
  foot: ['padding:18px 30px 0;', ''],
  small: ['margin:0 0 8px;font-size:12px;line-height:1.5;color:#635b52;', 'color:#a8a198'],
} as const

/** Mail programs differ in what they take of a style sheet: light stands beside each part, dark in the sheet. */
function look(name: keyof typeof looks): Html {
  return new Html(`class="${name}" style="${looks[name][0]}"`)
}

const dark = Object.entries(looks)
  .filter(([, [, style]]) => style !== '')
  .map(([name, [, style]]) => `.${name}{${style} !important}`)
  .join('')

function page(part: {
  locale: Locale
  /** Who writes, at the head of the paper beside the mark, which is drawn of a border: pictures are often held back. */
  organization: string
  preview: string
  body: Html
  foot: readonly string[]
}): string {
  return html`<!doctype html>
<html lang="${part.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>:root{color-scheme:light dark}${new Html(`@media (prefers-color-scheme:dark){${dark}}`)}</style>
</head>
<body ${look('body')}>
<div style="display:none;max-height:0;overflow:hidden">${part.preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" ${look('body')}><tr><td align="center" style="padding:32px 12px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;text-align:left">
<tr><td ${look('brand')}><span ${look('mark')}></span>${part.organization}</td></tr>
<tr><td ${look('card')}>
${part.body}
</td></tr>
<tr><td ${look('foot')}>${part.foot.map((line) => html`<p ${look('small')}>${line}</p>`)}</td></tr>
</table>
</td></tr></table>
</body>
</html>`.text
}

function put(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}
