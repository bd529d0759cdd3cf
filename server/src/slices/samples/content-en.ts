import type { SampleContact } from './shapes.ts'

const day = 24 * 60

/** Who writes to the shop in English, and what. */
export const english: readonly SampleContact[] = [
  {
    name: 'Grace Whitfield',
    email: 'grace.whitfield@example.com',
    locale: 'en',
    scripts: [
      {
        ago: 3,
        steps: [
          ['contact', 'Hi! Do the Stillwater mugs come in any other colour than clay? 🙂'],
          ['contact', 'I would want six, and my kitchen is very blue'],
        ],
      },
    ],
  },
  {
    name: 'Daniel Okafor',
    email: 'd.okafor@example.com',
    locale: 'en',
    scripts: [
      {
        ago: 6,
        steps: [
          [
            'contact',
            'Hello, my order MP-20418 arrived today and the kettle has a dent in the lid, about the size of a thumbnail. It still whistles, but it was a present, so I would rather not hand it over like this.',
          ],
          { assign: 'me', by: 'me' },
          [
            'me',
            'Hello Daniel, I am sorry, that is not how it left us. Could you send me a picture of the lid?',
          ],
          ['contact', 'Of course: https://photos.example.com/s/kettle-lid-20418'],
          ['me', 'Thank you, I can see it. A new lid or a whole new kettle – which would you prefer?'],
          [
            'contact',
            'Just the lid would be fine. The birthday is on Saturday, is there any chance it arrives before?',
          ],
          ['contact', 'I can also come and collect it, I am in Bristol until Friday'],
        ],
      },
      {
        ago: 41 * day,
        steps: [
          ['contact', 'Is the Early kettle OK on induction?'],
          { assign: 'priya', by: 'priya' },
          [
            'priya',
            'It is: the base is steel all through. Give it a medium setting, it is quicker than it looks.',
          ],
          ['contact', 'Great, ordering one then. Thanks Priya'],
          ['priya', 'Enjoy it!'],
          { end: 'priya' },
        ],
      },
    ],
  },
  {
    name: 'Siobhán O’Leary',
    email: 'siobhan@oleary.example',
    locale: 'en',
    scripts: [
      {
        ago: 18,
        steps: [
          ['contact', 'Hello there. I’d like to return a Sunday board, unused. How do I go about it?'],
          { assign: 'me', by: 'priya' },
          [
            'me',
            'Hello Siobhán, easily done. Here is your label: https://morrow-pine.example/returns/MP-20377\n\nPrint it, put it on any sturdy box and drop it at a post office. The money is back within a week of it reaching us.',
          ],
          ['contact', 'I have no printer 😅'],
          ['me', 'No need, they print it for you at the counter. Show them this code: R-4471-088'],
        ],
      },
    ],
  },
  {
    name: 'Marcus Bell',
    email: 'marcus.bell@example.org',
    locale: 'en',
    scripts: [
      {
        ago: 27,
        steps: [['contact', 'Do you ship to the Faroe Islands?']],
      },
    ],
  },
  {
    name: 'Yuki Tanabe',
    email: 'yuki.tanabe@example.jp',
    locale: 'en',
    scripts: [
      {
        ago: 44,
        contactSaw: 'delivered',
        steps: [
          [
            'contact',
            'Hello from Kyoto 🍵 I run a small tea house and fell in love with your mugs. Would you sell 24 of them to a business abroad?',
          ],
          { assign: 'me', by: 'me' },
          [
            'me',
            'Hello Yuki, what a lovely place for them to go. Yes, with pleasure. From 12 pieces on we take 15 % off.',
          ],
          [
            'contact',
            'Wonderful. What would it cost with shipping? And could the glaze be a little lighter than in the pictures?',
          ],
          [
            'me',
            [
              { type: 'paragraph', runs: [{ text: 'Here is what it comes to:' }] },
              {
                type: 'bullets',
                items: [
                  [{ type: 'paragraph', runs: [{ text: '24 × Stillwater mug: €571.20' }] }],
                  [{ type: 'paragraph', runs: [{ text: 'Insured parcel to Kyoto: €68.00' }] }],
                  [{ type: 'paragraph', runs: [{ text: 'Together: €639.20', bold: true }] }],
                ],
              },
              {
                type: 'paragraph',
                runs: [{ text: 'Duties are not included, in Japan they are small for stoneware.' }],
              },
              {
                type: 'paragraph',
                runs: [
                  {
                    text: 'As for the glaze: I asked in the workshop. They can fire a batch ten degrees cooler, which gives a ',
                  },
                  { text: 'sand tone', italic: true },
                  { text: '. It would leave us in three weeks.' },
                ],
              },
            ],
          ],
          ['contact', 'Sand tone sounds perfect. I will talk to my husband tonight'],
          ['me', 'Do, there is no hurry. I hold the kiln space for you until Friday.'],
        ],
      },
    ],
  },
  {
    name: 'Olivia Hartmann-Reyes',
    email: 'olivia.hr@example.com',
    locale: 'en',
    scripts: [
      {
        ago: 65,
        seen: true,
        steps: [
          ['contact', 'My parcel says “delivered” but there is nothing here.'],
          { assign: 'me', by: 'tom' },
          [
            'me',
            'That is annoying, I am looking into it. Is there a neighbour or a porch it could have gone to?',
          ],
          [
            'contact',
            'I asked both sides, and the lady across the street. Nothing. Tracking: https://track.example.com/parcel/3SNL0082317765541?country=GB&lang=en',
          ],
          [
            'me',
            'I have called the carrier. The driver remembers a green door with a brass fox. Is that yours?',
          ],
          ['contact', 'Ha! No. That is number 41, we are 14. I’ll go and knock 🦊'],
        ],
      },
    ],
  },
  {
    name: null,
    locale: 'en',
    scripts: [
      {
        ago: 12,
        steps: [
          ['contact', 'hi'],
          ['contact', 'is anyone there'],
          ['contact', 'i put the wrong house number on my order, it’s 7b not 7. placed it two minutes ago'],
        ],
      },
    ],
  },
  {
    name: 'Layla Haddad',
    email: 'layla.haddad@example.com',
    locale: 'en',
    scripts: [
      {
        ago: 95,
        steps: [
          ['contact', 'مرحباً، هل يمكنكم التغليف كهدية؟'],
          [
            'contact',
            'أريد إرسال المصباح رقم 3 إلى أختي في باريس، مع بطاقة صغيرة مكتوب عليها «كل عام وأنتِ بخير».',
          ],
          { assign: 'amelie', by: 'amelie' },
          [
            'amelie',
            'مرحباً ليلى! نعم، نغلّف الهدايا مجاناً ونكتب البطاقة بخط اليد. هل العنوان في باريس هو نفسه الموجود في حسابك؟',
          ],
          ['contact', 'نعم، نفس العنوان. شكراً جزيلاً 🌷'],
          ['amelie', 'على الرحب والسعة. سيصل خلال ثلاثة إلى خمسة أيام.'],
        ],
      },
    ],
  },
  {
    name: 'נועה ברק',
    email: 'noa.barak@example.com',
    locale: 'en',
    scripts: [
      {
        ago: 150,
        steps: [['contact', 'שלום, האם הקומקום Early מתאים לכיריים קרמיות?']],
      },
    ],
  },
  {
    name: 'Tomás Ferreira',
    email: 'tomas.ferreira@example.pt',
    locale: 'en',
    scripts: [
      {
        ago: 190,
        steps: [
          ['contact', 'Is there VAT on the invoice? I need it for my company, NIF 509 442 013'],
          { assign: 'tom', by: 'tom' },
          ['tom', 'There is, and I can put your number on it. Which order is it?'],
          ['contact', 'MP-20391, two lanterns'],
          ['tom', 'Done, the new invoice is in your mail.'],
          ['contact', 'Got it but the company name is missing, should be “Ferreira & Filhos, Lda.”'],
        ],
      },
      {
        ago: 16 * day,
        steps: [
          ['contact', 'Do you have a shop in Porto?'],
          { assign: 'tom', by: 'tom' },
          ['tom', 'Not yet, I am afraid. Only online, and the workshop on open days.'],
          { end: 'tom' },
        ],
      },
    ],
  },
  {
    name: 'Eleanor Vance',
    email: 'eleanor.vance@example.com',
    locale: 'en',
    scripts: [
      {
        ago: 4 * 60,
        steps: [
          [
            'contact',
            `Dear Morrow & Pine,

I hope you do not mind a longer letter. I bought my first Stillwater mug from you four years ago, when my mother moved in with us. She had trouble holding things by then, and yours was the first cup in a long while she could lift without spilling: the handle takes three fingers and the weight sits low. She drank her coffee from it every morning at the window, and she called it “the good one”, as if there were no others in the house.

She died in spring. I have kept the mug on the sill, and last week my son, who is six and very sorry, knocked it down with a football. The handle came off in two pieces.

I do not need a new one, I could simply order it. What I would like to ask is whether the people who made it could mend it. I have read about repairs with lacquer and gold, and I do not mind if the seam shows. I would rather it did. If it cannot be done, please just say so, I will understand. I kept every shard in a jam jar.

I would of course pay for the work and the postage.

With kind regards,
Eleanor Vance`,
          ],
          { assign: 'me', by: 'me' },
          [
            'me',
            'Dear Eleanor,\n\nthank you for writing this to us. I read it out in the workshop and it was quiet for a while.\n\nYes, we will mend it. Ingrid, who threw most of the mugs of that year, has learned the technique you mean, and would like to do it herself. Send us the jam jar as it is. There is nothing to pay.',
          ],
          ['contact', 'I don’t know what to say. Thank you. I will post it tomorrow morning.'],
          ['me', 'Wrap the jar in something soft. I will write as soon as it is here.'],
        ],
      },
    ],
  },
  {
    name: 'Priyanka Deshmukh',
    email: 'priyanka.d@example.in',
    locale: 'en',
    scripts: [
      {
        ago: 7 * 60,
        steps: [
          ['contact', 'Hi, can I change the colour of the cord on Lantern No. 3? Black instead of white'],
          { assign: 'jonas', by: 'jonas' },
          ['jonas', 'Hi Priyanka, yes, just note it in the comment field at checkout. It adds a day.'],
          ['contact', 'Perfect 👌'],
          { end: 'jonas' },
        ],
      },
    ],
  },
]
