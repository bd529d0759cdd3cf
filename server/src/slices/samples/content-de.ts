import type { SampleContact } from './shapes.ts'

const day = 24 * 60

/** Wer dem Laden auf Deutsch schreibt, und was. */
export const german: readonly SampleContact[] = [
  {
    name: 'Katharina Brandstetter',
    email: 'k.brandstetter@example.at',
    locale: 'de',
    scripts: [
      {
        ago: 4,
        steps: [
          [
            'contact',
            'Grüß Gott! Ich habe gestern bestellt (MP-20421) und hätte gern doch drei statt zwei Becher. Geht sich das noch aus?',
          ],
          { assign: 'me', by: 'jonas' },
        ],
      },
    ],
  },
  {
    name: 'Thorsten Wiebe',
    email: 'thorsten.wiebe@example.de',
    locale: 'de',
    scripts: [
      {
        ago: 14,
        steps: [
          ['contact', 'Moin, mein Wasserkessel hat nach zwei Wochen Rostflecken am Boden. Ist das normal?'],
          { assign: 'me', by: 'me' },
          ['me', 'Guten Tag Herr Wiebe, nein, das sollte nicht sein. Sitzen die Flecken innen oder außen?'],
          ['contact', 'Außen, rund um die Schweißnaht. Foto: https://photos.example.com/s/kessel-wiebe'],
          ['contact', 'Benutzt wird er auf Gas, falls das hilft'],
        ],
      },
    ],
  },
  {
    name: 'Ayşe Yıldırım',
    email: 'ayse.yildirim@example.de',
    locale: 'de',
    scripts: [
      {
        ago: 25,
        steps: [
          ['contact', 'Hallo! Gibt es die Laterne Nr. 3 auch in 60 cm? Unser Esstisch ist ziemlich lang 😄'],
        ],
      },
    ],
  },
  {
    name: 'Familie Oberholzer',
    email: 'oberholzer@example.ch',
    locale: 'de',
    scripts: [
      {
        ago: 58,
        contactSaw: 'delivered',
        steps: [
          ['contact', 'Grüezi, liefern Sie auch in die Schweiz, und was kommt an Zoll dazu?'],
          { assign: 'jonas', by: 'jonas' },
          [
            'jonas',
            'Guten Tag, ja, sehr gern. Der Versand kostet 14 €, verzollt wird bei uns: Sie zahlen an der Tür nichts mehr.',
          ],
          [
            'contact',
            'Merci vielmal. Dann hätten wir gern sechs Becher und ein Brett. Passt das in ein Paket?',
          ],
          ['jonas', 'Das passt gerade so. In vier bis sechs Tagen ist es bei Ihnen.'],
        ],
      },
    ],
  },
  {
    name: 'Benedikt Hallerstein',
    email: 'b.hallerstein@example.de',
    locale: 'de',
    scripts: [
      {
        ago: 75,
        steps: [
          [
            'contact',
            'Guten Tag, ich warte seit acht Tagen auf mein Paket. Die Sendungsverfolgung steht auf „Auftrag elektronisch übermittelt“. Langsam werde ich unruhig.',
          ],
          { assign: 'priya', by: 'priya' },
          [
            'priya',
            'Guten Tag Herr Hallerstein, das verstehe ich gut. Ich habe beim Versanddienst einen Nachforschungsauftrag gestellt. Wenn bis morgen Mittag nichts kommt, schicken wir Ihnen alles noch einmal.',
          ],
          ['contact', 'Das ist ein Wort. Danke.'],
        ],
      },
    ],
  },
  {
    name: 'Marlene Fuchs',
    email: 'marlene@fuchsbau.example',
    locale: 'de',
    scripts: [
      {
        ago: 110,
        steps: [
          [
            'contact',
            'Hallo liebes Team, wir sind ein kleines Café in Leipzig (https://fuchsbau.example) und hätten gern 30 Becher mit eingeprägtem Fuchs. Macht ihr sowas?',
          ],
          { assign: 'tom', by: 'tom' },
          [
            'tom',
            'Hallo Marlene, ja! Ab 24 Stück fertigen wir einen eigenen Stempel an. Hast du den Fuchs als Zeichnung?',
          ],
          ['contact', 'Hab ich, liegt hier: https://files.example.com/fuchsbau/fuchs.svg 🦊'],
          { assign: null, by: 'tom' },
        ],
      },
    ],
  },
  {
    name: null,
    locale: 'de',
    scripts: [
      {
        ago: 170,
        steps: [
          ['contact', 'kann man bei euch auch auf rechnung kaufen'],
          { assign: 'jonas', by: 'jonas' },
          ['jonas', 'Ja, ab der zweiten Bestellung. Bei der ersten gehen Karte, Überweisung und PayPal.'],
          ['contact', 'ok'],
          { end: 'jonas' },
        ],
      },
    ],
  },
  {
    name: 'Dr. Wilhelmine von Stechow-Achterberg',
    email: 'w.stechow-achterberg@example.de',
    locale: 'de',
    scripts: [
      {
        ago: 3 * 60 + 15,
        seen: true,
        steps: [
          [
            'contact',
            'Sehr geehrte Damen und Herren, für unsere Praxis suche ich zwölf Becher. Haben Sie eine Rechnungsanschrift für die Bestellung vorgesehen, die von der Lieferanschrift abweicht?',
          ],
          { assign: 'me', by: 'priya' },
          [
            'me',
            [
              {
                type: 'paragraph',
                runs: [
                  {
                    text: 'Guten Tag Frau Dr. von Stechow-Achterberg, ja: Im zweiten Schritt der Bestellung gibt es ',
                  },
                  { text: 'Rechnung an eine andere Anschrift', bold: true },
                  { text: '.' },
                ],
              },
              {
                type: 'paragraph',
                runs: [{ text: 'Ab zwölf Stück ziehen wir außerdem 15 % ab.' }],
              },
            ],
          ],
          [
            'contact',
            'Vielen Dank für die rasche Auskunft. Eine Frage noch: Wären die Becher bis zum 1. lieferbar? Wir eröffnen an diesem Tag die neuen Räume in der Donaudampfschifffahrtsgesellschaftsstraße.',
          ],
        ],
      },
    ],
  },
  {
    name: 'Jannik Petersen',
    email: 'jannik.petersen@example.de',
    locale: 'de',
    scripts: [
      {
        ago: 9 * 60,
        steps: [
          ['contact', 'Moin! Ist das Brett auch als Servierbrett für heiße Pfannen geeignet?'],
          { assign: 'priya', by: 'priya' },
          ['priya', 'Moin Jannik, kurz ja, aber es gibt Ringe im Öl. Ein Untersetzer schont es.'],
          ['contact', 'Alles klar, danke dir 👍'],
          { end: 'priya' },
        ],
      },
      {
        ago: 30 * day,
        steps: [
          ['contact', 'Wann gibt es den Kessel wieder?'],
          { assign: 'jonas', by: 'jonas' },
          [
            'jonas',
            'Am Freitag kommt die nächste Lieferung aus der Emaillierung. Soll ich dir einen zurücklegen?',
          ],
          ['contact', 'Ja bitte!'],
          ['jonas', 'Ist gemacht.'],
          { end: 'jonas' },
        ],
      },
    ],
  },
]
