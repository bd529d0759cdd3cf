import type { SampleContact } from './shapes.ts'

const day = 24 * 60

/** Wer vor einem Tag oder früher auf Deutsch geschrieben hat. */
export const germanOlder: readonly SampleContact[] = [
  {
    name: 'Rosalinde Kreuzer',
    email: 'rosalinde.kreuzer@example.de',
    locale: 'de',
    scripts: [
      {
        ago: day + 15,
        steps: [
          [
            'contact',
            'Guten Tag, ich möchte meinen Becher zurückgeben. Er ist schön, aber für meine Hände zu schwer.',
          ],
          { assign: 'me', by: 'me' },
          [
            'me',
            'Guten Tag Frau Kreuzer, das ist gar kein Problem. Das Rücksendeetikett: https://morrow-pine.example/returns/MP-20366',
          ],
          ['contact', 'Danke, so unkompliziert habe ich das noch nie erlebt.'],
          { end: 'me' },
          { pause: 60 },
          { resume: 'me' },
          [
            'me',
            'Mir fällt gerade ein: Im Frühjahr kommt eine kleinere Tasse mit 180 g. Soll ich Ihnen dann schreiben?',
          ],
          ['contact', 'O ja, das wäre reizend!'],
          { set: 'pending', by: 'me' },
        ],
      },
    ],
  },
  {
    name: 'Lukas Zieliński',
    email: 'lukas.zielinski@example.pl',
    locale: 'de',
    scripts: [
      {
        ago: 2 * day,
        steps: [
          ['contact', 'Hallo, mein Gutschein GC-7731 wird nicht angenommen.'],
          { assign: 'amelie', by: 'amelie' },
          ['amelie', 'Hallo Lukas, da war ein Zahlendreher bei uns. Jetzt geht er.'],
          ['contact', 'Klappt! Danke.'],
          { end: 'amelie' },
        ],
      },
      {
        ago: 6 * day,
        steps: [
          ['contact', 'Wie lang ist das Kabel der Laterne?'],
          { assign: 'tom', by: 'tom' },
          ['tom', 'Drei Meter, kürzbar. Auf Wunsch auch fünf.'],
          { end: 'tom' },
        ],
      },
    ],
  },
  {
    name: 'Svenja Adler',
    email: 'svenja.adler@example.de',
    locale: 'de',
    scripts: [
      {
        ago: 14 * day,
        steps: [
          [
            'contact',
            'Hi, ich bin Töpferin und würde mir gern mal eure Werkstatt ansehen. Gibt es offene Tage?',
          ],
          { assign: 'me', by: 'amelie' },
          [
            'me',
            'Hallo Svenja, sehr gern: jeden ersten Samstag im Monat, 11 bis 16 Uhr. Sag an der Tür, dass du vom Fach bist, dann zeigt dir Ingrid den Ofen.',
          ],
          ['contact', 'Wie cool! Ich bringe Kuchen mit 🍰'],
          ['me', 'Dann darfst du wiederkommen.'],
          { end: 'me' },
        ],
      },
      {
        ago: 11 * 60,
        steps: [
          [
            'contact',
            'Hallo nochmal! Der Besuch war großartig. Sagt mal: Welchen Ton nehmt ihr für die Becher, wenn das kein Geheimnis ist?',
          ],
          { assign: 'jonas', by: 'jonas' },
          [
            'jonas',
            'Kein Geheimnis: ein Westerwälder Steinzeugton mit 25 % Schamotte, fein. Gebrannt bei 1.240 °C.',
          ],
          ['contact', 'Danke!! Und die Glasur?'],
          ['jonas', 'Die verraten wir erst nach dem zweiten Kuchen 😉'],
        ],
      },
    ],
  },
  {
    name: 'Gerd Rathjen',
    email: 'gerd.rathjen@example.de',
    locale: 'de',
    scripts: [
      {
        ago: 37,
        seen: true,
        steps: [
          ['contact', 'Guten Tag, auf der Rechnung MP-20398 fehlt meine Umsatzsteuer-ID.'],
          { assign: 'me', by: 'me' },
          ['me', 'Guten Tag Herr Rathjen, die trage ich gern nach. Wie lautet sie?'],
          ['contact', 'DE 287 114 906'],
        ],
      },
      {
        ago: 21 * day,
        steps: [
          ['contact', 'Sind die Becher bleifrei glasiert?'],
          { assign: 'jonas', by: 'jonas' },
          ['jonas', 'Ja, alle, und spülmaschinenfest dazu.'],
          { end: 'jonas' },
        ],
      },
    ],
  },
  {
    name: 'Friederike Lohmann',
    email: 'f.lohmann@example.de',
    locale: 'de',
    scripts: [
      {
        ago: 17 * day,
        steps: [
          [
            'contact',
            'Hallo, ich habe zum Geburtstag zwei gleiche Laternen bekommen und würde eine gern gegen den Kessel tauschen. Geht das ohne Rechnung?',
          ],
          { assign: 'priya', by: 'priya' },
          ['priya', 'Das geht, die Nummer steht unter dem Fuß. Schick uns einfach ein Foto davon.'],
          ['contact', 'Nr. 3/0871. Wow, danke!'],
          { end: 'priya' },
        ],
      },
    ],
  },
]
