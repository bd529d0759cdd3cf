import type { SampleContact, Step } from './shapes.ts'

/*
 * A café that orders nearly every day and talks while it does: one conversation that has gone on for months. Its days
 * are put together from rounds, so that what is read in it is varied and stays the same from one creation to the next.
 */

const rounds: readonly ((pick: (list: readonly string[]) => string) => readonly Step[])[] = [
  (pick) => [
    ['contact', `Hi! ${pick(amounts)} mugs for this week please`],
    ['me', `Hi Nia. ${pick(confirmations)}`],
    ['contact', pick(thanks)],
  ],
  (pick) => [
    ['contact', `Another casualty: ${pick(accidents)}`],
    ['me', `${pick(comforts)} I put one in with the next box.`],
    ['contact', 'You spoil us'],
    ['me', 'You order forty a month, we can afford to 😄'],
  ],
  (pick) => [
    ['contact', `Could the delivery come ${pick(whens)}? ${pick(reasons)}`],
    ['me', 'Let me ask the driver.'],
    ['me', pick(driverAnswers)],
    ['contact', pick(thanks)],
  ],
  (pick) => [
    ['contact', `Do you have the invoice for ${pick(months)}? Our bookkeeper is asking`],
    ['me', `Here you are: https://morrow-pine.example/invoices/MP-${pick(numbers)}`],
    ['contact', 'Perfect'],
  ],
  (pick) => [
    ['contact', `A guest just asked where the cups are from. ${pick(guests)}`],
    ['me', 'Tell them to come to the open day!'],
    ['contact', 'I gave them your card ☕️'],
  ],
  (pick) => [
    ['me', `Your box is on its way: https://track.example.com/parcel/3SNL00823${pick(numbers)}`],
    ['contact', 'Already here, quicker than your message'],
    ['contact', pick(thanks)],
  ],
  (pick) => [
    ['contact', `Quick one: ${pick(questions)}`],
    ['me', pick(answers)],
  ],
  (pick) => [
    ['me', `Heads-up: the kiln rests on ${pick(weekdays)}, so the next firing is a day later.`],
    ['contact', 'No problem, we have enough until then'],
    ['me', 'Good.'],
  ],
]

const amounts = ['Twelve', 'Six', 'Eight', 'Another dozen', 'Ten', 'Four', 'Eighteen']
const confirmations = [
  'Noted, they leave tomorrow.',
  'On the list.',
  'Packed by noon.',
  'With pleasure, same address?',
]
const thanks = [
  'Thank you!',
  'Brilliant, thanks',
  '🙏',
  'You’re a star',
  'Thanks, have a good day',
  'Lovely ☀️',
]
const accidents = [
  'one went down with the tray.',
  'a toddler discovered gravity.',
  'the new waiter tried to carry nine.',
  'the dog. Do not ask.',
  'a handle gave up after two years of Saturdays.',
]
const comforts = ['Oh no.', 'It had a good life.', 'Sorry to hear it.', 'Shards bring luck, they say.']
const whens = ['before nine', 'on Thursday instead', 'after lunch', 'to the back door', 'a day earlier']
const reasons = [
  'The market is in front of the house.',
  'We have the painters in.',
  'I am alone until ten.',
  'The street is closed for the marathon.',
]
const driverAnswers = [
  'He says yes.',
  'Works for him.',
  'Yes, but he wants a coffee.',
  'He can, and he sends greetings.',
]
const months = ['March', 'April', 'last month', 'the spring order', 'June']
const numbers = ['20117', '20164', '20203', '20255', '20288', '20319', '20342']
const guests = [
  'Third one this week!',
  'She turned hers over to look for a stamp.',
  'They wanted to buy it off the table.',
]
const questions = [
  'do the lids of the old kettle fit the new one?',
  'how many boards fit in one box?',
  'can the lanterns hang outside under a roof?',
  'is there still some of the sand glaze?',
  'do you do espresso cups yet?',
]
const answers = [
  'Yes, all of them do.',
  'Six at most.',
  'Under a roof, yes. Not in the rain.',
  'Two dozen left.',
  'Soon, we are testing handles.',
]
const weekdays = ['Monday', 'Tuesday', 'Friday']

/** Enough rounds for more than four hundred entries. */
const howMany = 150

function days(): Step[] {
  const turns = new Map<readonly string[], number>()
  const pick = (list: readonly string[]) => {
    const turn = turns.get(list) ?? 0
    turns.set(list, turn + 1)
    return list[turn % list.length] as string // the remainder is always within the list
  }
  return Array.from({ length: howMany }, (_, index) => {
    // A step that shares no factor with their number walks through all rounds before one comes again.
    const round = rounds[(index * 3) % rounds.length]
    return [{ pause: 10 * 60 + ((index * 97) % 240) }, ...(round?.(pick) ?? [])]
  }).flat()
}

export const regular: SampleContact = {
  name: 'Nia Prosser',
  email: 'nia@harbourlane.example',
  locale: 'en',
  scripts: [
    {
      ago: 33,
      steps: [
        [
          'contact',
          'Hello, this is Nia from Harbour Lane Coffee in Bristol. We would like to try your mugs at our tables. Do you do small orders for cafés?',
        ],
        { assign: 'me', by: 'me' },
        [
          'me',
          'Hello Nia, we do. Start with six, see how they take the dishwasher, and write to me here whenever you need more.',
        ],
        ['contact', 'Six it is!'],
        ...days(),
        { pause: 30 },
        [
          'contact',
          'We are opening a second place next month 🎉 Can I talk to you about sixty mugs, ten kettles and lanterns for a room of 45 m²?',
        ],
        ['me', 'Nia, congratulations! Of course. Send me the floor plan and I will come by with samples.'],
        ['contact', 'Floor plan: https://files.example.com/harbour-lane-2/plan.pdf'],
        ['contact', 'Would Tuesday suit you? Coffee is on us, obviously'],
      ],
    },
  ],
}
