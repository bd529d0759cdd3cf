import type { Api } from '@foyer/client/api.ts'
import { newId } from '@foyer/client/ids.ts'
import { type MacroGiven, saveMacro } from '@foyer/contract/macros.ts'

type Kept = Pick<MacroGiven, 'name' | 'versions'> &
  Partial<Pick<MacroGiven, 'shortcut' | 'key' | 'folder' | 'audience'>>
const macros: readonly Kept[] = [
  {
    name: 'Greeting',
    shortcut: 'hi',
    key: 'h',
    versions: {
      en: { text: 'Hello {{contact.first_name|there}}, this is {{operator.first_name}}. How can I help?' },
      fr: { text: 'Bonjour {{contact.first_name}}, ici {{operator.first_name}}. Que puis-je pour vous ?' },
      de: { text: 'Guten Tag {{contact.name}}, hier ist {{operator.first_name}}. Wie kann ich helfen?' },
    },
  },
  {
    name: 'Return label',
    shortcut: 'returns',
    key: 'r',
    folder: 'Orders',
    versions: {
      en: {
        content: [
          {
            type: 'paragraph',
            runs: [
              { text: 'Here is how to send it back, {{contact.first_name|there}}; you have ' },
              { text: 'thirty days', bold: true },
              { text: ':' },
            ],
          },
          {
            type: 'numbers',
            items: [
              [{ type: 'paragraph', runs: [{ text: 'Print the label from your order page.' }] }],
              [{ type: 'paragraph', runs: [{ text: 'Wrap the mug as it came.' }] }],
              [{ type: 'paragraph', runs: [{ text: 'Hand it in at any post office.' }] }],
            ],
          },
        ],
      },
      de: { text: 'So schicken Sie es zurück, {{contact.name}}: Etikett drucken, einpacken, abgeben.' },
    },
  },
  {
    name: 'Your request',
    shortcut: 'about',
    versions: {
      en: {
        text: 'About your request {{conversation.subject}}: we come back to you before six this evening.',
      },
    },
    audience: 'me',
  },
  {
    name: 'Delivery times for ceramics to the islands and everywhere abroad',
    shortcut: 'delivery-abroad',
    folder: 'Orders',
    versions: { en: { text: 'Parcels abroad take five to eight working days; the islands two more.' } },
  },
  { name: 'Opening hours', versions: { en: { text: 'The shop is open from nine to six.' } } },
  { name: 'Thank you', key: 't', versions: { en: { text: 'Thank you, and enjoy your coffee.' } } },
  {
    name: 'Broken in transit',
    shortcut: 'broken',
    folder: 'Orders',
    versions: { en: { text: 'I am sorry it arrived broken. A new one leaves the workshop today.' } },
  },
]

/** Keeps some macros, most of them everybody's. */
export async function keepMacros(api: Api): Promise<void> {
  const usual = { shortcut: null, key: null, folder: null, audience: 'everyone', groupId: null } as const
  for (const kept of macros) await api.call(saveMacro, { body: { ...usual, ...kept, id: newId(), from: 0 } })
}
