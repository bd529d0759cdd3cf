import type { SampleContact } from './shapes.ts'

const day = 24 * 60

/** Who wrote in English some days ago or more. */
export const englishOlder: readonly SampleContact[] = [
  {
    name: 'Henrik Solberg',
    email: 'henrik@solberg.example',
    locale: 'en',
    scripts: [
      {
        ago: day + 120,
        contactSaw: 'nothing',
        steps: [
          [
            'contact',
            'My Sunday board has developed a fine crack along the grain. Bought in March. Is that a guarantee case?',
          ],
          { assign: 'priya', by: 'priya' },
          [
            'priya',
            'Hi Henrik, it is. Walnut moves, but it should not split in its first year. I am sending a new one today; please keep the old one for kindling.',
          ],
          { set: 'open', by: 'priya' },
          { pause: 30 },
          ['priya', 'It is on its way: https://track.example.com/parcel/3SNL0082317771203'],
        ],
      },
    ],
  },
  {
    name: 'Ana Kovačević',
    email: 'ana.kovacevic@example.hr',
    locale: 'en',
    scripts: [
      {
        ago: day + 300,
        steps: [
          [
            'contact',
            'Hello! Are you looking for stockists in Croatia? We have a shop in Zadar, 40 m² by the sea: https://instagram.example.com/kuca.zadar',
          ],
          { assign: 'tom', by: 'me' },
          ['tom', 'Hello Ana, we are not actively looking, but your shop is beautiful. Let me ask.'],
          { assign: null, by: 'tom' },
        ],
      },
    ],
  },
  {
    name: 'William Ashdown',
    email: 'w.ashdown@example.co.uk',
    locale: 'en',
    scripts: [
      {
        ago: 2 * day + 40,
        steps: [
          [
            'contact',
            'Three questions:\n1. Does the kettle whistle loudly? (Baby.)\n2. Can it go in the dishwasher?\n3. Is the wooden knob replaceable?',
          ],
          { assign: 'me', by: 'me' },
          [
            'me',
            '1. Low and friendly, more owl than train.\n2. Better not, the enamel dulls.\n3. Yes, €6, one screw.',
          ],
          ['contact', 'Best answer I’ve had all week. Ordered.'],
          { end: 'me' },
        ],
      },
      {
        ago: 23 * day,
        steps: [
          ['contact', 'Password reset mail does not arrive'],
          { assign: 'priya', by: 'priya' },
          [
            'priya',
            'It went to the address with the typo in it (“gmial”). I have corrected that, please try again.',
          ],
          ['contact', 'Oh dear. Works now!'],
          { end: 'priya' },
        ],
      },
    ],
  },
  {
    name: 'Chiara Bianchi',
    email: 'chiara.bianchi@example.it',
    locale: 'en',
    scripts: [
      {
        ago: 3 * day,
        steps: [
          ['contact', 'Ciao, I paid twice for MP-20302. Two bookings of €80 on my card'],
          { assign: 'me', by: 'me' },
          [
            'me',
            'Ciao Chiara, I see it: the first attempt timed out and still went through. One of them goes back today, it shows on your card in two to three days.',
          ],
          ['contact', 'Grazie mille!'],
          { end: 'me' },
          { pause: 2 * day },
          ['contact', 'It is back already. You are fast 🚀'],
          ['me', 'So is your bank. A presto!'],
          { end: 'me' },
        ],
      },
    ],
  },
  {
    name: 'Jesse Lindqvist',
    email: 'jesse@lindqvist.example',
    locale: 'en',
    scripts: [
      {
        ago: 9 * day,
        steps: [
          ['contact', 'Can I pick up my order at the workshop instead?'],
          { assign: 'amelie', by: 'amelie' },
          ['amelie', 'Yes! Thursdays from 2 to 6. Ring at the blue gate.'],
          ['contact', 'See you Thursday'],
          { set: 'pending', by: 'amelie' },
          { end: 'amelie' },
        ],
      },
    ],
  },
  {
    name: 'Amara Nwosu',
    email: 'amara.nwosu@example.ng',
    locale: 'en',
    scripts: [
      {
        ago: 5 * day,
        steps: [
          ['contact', 'Hello, do you wrap gifts? It is for my sister’s housewarming 🏡'],
          { assign: 'jonas', by: 'jonas' },
          [
            'jonas',
            'Hello Amara, we do, in brown paper with a sprig of pine. Tick “It is a present” in the basket.',
          ],
          ['contact', 'Cute! Thank you'],
          { end: 'jonas' },
        ],
      },
      {
        ago: 33 * day,
        steps: [
          ['contact', 'What is the difference between Lantern No. 2 and No. 3?'],
          { assign: 'tom', by: 'tom' },
          ['tom', 'No. 3 has the ash ring and a washable paper. No. 2 is out of production.'],
          { end: 'tom' },
        ],
      },
    ],
  },
  {
    name: 'Peter van der Meulen',
    email: 'p.vandermeulen@example.nl',
    locale: 'en',
    scripts: [
      {
        ago: 7 * day,
        steps: [
          ['contact', 'Your site says €6 delivery but I was charged €9?'],
          { assign: 'me', by: 'me' },
          [
            'me',
            'You are right, Peter. The islands have a surcharge that should have been shown before you paid. The €3 are on their way back.',
          ],
          ['contact', 'Fair enough. Groeten van Texel!'],
          { end: 'me' },
        ],
      },
      {
        ago: 28 * day,
        steps: [
          ['contact', 'Do you still have the old green kettle?'],
          { assign: 'priya', by: 'priya' },
          ['priya', 'One, from the display. A scratch at the base, €50?'],
          ['contact', 'Deal'],
          { end: 'priya' },
        ],
      },
    ],
  },
]
