import type { SampleContact } from './shapes.ts'

const day = 24 * 60

/** Qui écrit à la boutique en français, et quoi. */
export const french: readonly SampleContact[] = [
  {
    name: 'Camille Dubreuil',
    email: 'camille.dubreuil@example.fr',
    locale: 'fr',
    scripts: [
      {
        ago: 2,
        steps: [['contact', 'Bonjour ! Le mug Stillwater passe-t-il au micro-ondes ?']],
      },
    ],
  },
  {
    name: 'Mathieu Lefort',
    email: 'm.lefort@example.fr',
    locale: 'fr',
    scripts: [
      {
        ago: 9,
        steps: [
          [
            'contact',
            'Bonjour, j’ai reçu ma lanterne nº 3 mais il manque la fixation au plafond dans le carton.',
          ],
          { assign: 'me', by: 'amelie' },
          [
            'me',
            'Bonjour Mathieu, toutes mes excuses. Je vous l’envoie dès aujourd’hui. C’est bien toujours le 12, rue des Tanneurs à Nantes ?',
          ],
          [
            'contact',
            'Oui, c’est bien ça. Vous pensez que ce sera là avant jeudi ? L’électricien passe à 14 h 🙏',
          ],
        ],
      },
    ],
  },
  {
    name: 'Aïssatou Ndiaye',
    email: 'aissatou.ndiaye@example.sn',
    locale: 'fr',
    scripts: [
      {
        ago: 31,
        steps: [
          ['contact', 'Bonjour, livrez-vous à Dakar ?'],
          ['contact', 'Si oui, combien coûterait l’envoi de deux bouilloires Early ?'],
          { assign: 'amelie', by: 'amelie' },
          [
            'amelie',
            'Bonjour Aïssatou ! Oui, avec plaisir. Pour deux bouilloires, comptez 54 € en colis suivi, et sept à dix jours. Les droits de douane restent à votre charge.',
          ],
          ['contact', 'D’accord. Et si j’en prends quatre, pour ma sœur et mes cousines ?'],
        ],
      },
    ],
  },
  {
    name: 'Bruno Castagnier',
    email: 'bruno.castagnier@example.fr',
    locale: 'fr',
    scripts: [
      {
        ago: 52,
        contactSaw: 'nothing',
        steps: [
          ['contact', 'Ma commande MP-20409 est toujours « en préparation » depuis lundi. C’est normal ?'],
          { assign: 'jonas', by: 'jonas' },
          [
            'jonas',
            'Bonjour Bruno, elle attendait la planche, sortie de l’huile hier seulement. Le colis part cet après-midi et vous recevrez le lien de suivi dans la foulée.',
          ],
        ],
      },
      {
        ago: 12 * day,
        steps: [
          ['contact', 'Peut-on régler par virement ?'],
          { assign: 'amelie', by: 'amelie' },
          [
            'amelie',
            'Bien sûr. Choisissez « Virement » à la dernière étape : nous réservons les pièces pendant cinq jours.',
          ],
          ['contact', 'Parfait, merci.'],
          { end: 'amelie' },
        ],
      },
    ],
  },
  {
    name: 'Éloïse Perret-Gentil',
    email: 'eloise.pg@example.ch',
    locale: 'fr',
    scripts: [
      {
        ago: 80,
        seen: true,
        steps: [
          [
            'contact',
            'Bonjour, j’aimerais offrir une « Sunday board » gravée pour un mariage. Est-ce que vous gravez ?',
          ],
          { assign: 'me', by: 'me' },
          [
            'me',
            [
              { type: 'paragraph', runs: [{ text: 'Bonjour Éloïse, oui, avec plaisir :' }] },
              {
                type: 'bullets',
                items: [
                  [
                    {
                      type: 'paragraph',
                      runs: [
                        { text: 'jusqu’à 20 caractères', bold: true },
                        { text: ', au dos ou sur la poignée' },
                      ],
                    },
                  ],
                  [{ type: 'paragraph', runs: [{ text: 'quatre jours de plus' }] }],
                  [{ type: 'paragraph', runs: [{ text: '12 € par pièce' }] }],
                ],
              },
            ],
          ],
          [
            'contact',
            'Magnifique ! Ce serait « Léa & Simon – 14.9. », sur la poignée. Vous pouvez me montrer à quoi ça ressemblerait ?',
          ],
        ],
      },
    ],
  },
  {
    name: null,
    locale: 'fr',
    scripts: [
      {
        ago: 22,
        steps: [['contact', 'bjr, vous avez un magasin à Lyon ? je trouve pas sur le site']],
      },
    ],
  },
  {
    name: 'Yann Kerouédan',
    email: 'yann@kerouedan.example',
    locale: 'fr',
    scripts: [
      {
        ago: 130,
        steps: [
          [
            'contact',
            'Bonjour,\n\nj’ai trois petites questions avant de commander :\n– le noyer est-il certifié ?\n– avec quelle huile l’entretenir ?\n– peut-on poncer la planche si elle est marquée ?\n\nMerci d’avance',
          ],
          { assign: 'priya', by: 'priya' },
          [
            'priya',
            'Bonjour Yann,\n\n– oui, il vient d’une scierie du Périgord, certifiée PEFC ;\n– une huile de lin ou de noix, deux fois par an ;\n– oui, au grain 180 puis 240, et on huile à nouveau.\n\nBonne journée !',
          ],
          ['contact', 'Réponse claire et rapide, ça fait plaisir. Je passe commande.'],
          { set: 'pending', by: 'priya' },
        ],
      },
    ],
  },
  {
    name: 'Inès Benmoussa',
    email: 'ines.benmoussa@example.ma',
    locale: 'fr',
    scripts: [
      {
        ago: 5 * 60,
        contactSaw: 'delivered',
        steps: [
          [
            'contact',
            'Bonjour, un de mes quatre mugs est arrivé cassé 😢 La photo : https://photos.example.com/s/mug-ines',
          ],
          { assign: 'me', by: 'me' },
          [
            'me',
            'Bonjour Inès, quel dommage ! Un nouveau part aujourd’hui même. Pas besoin de nous renvoyer les morceaux.',
          ],
          [
            'contact',
            'Merci beaucoup. Attention, j’ai déménagé entre-temps : 4 bis, impasse du Moulin, 31000 Toulouse.',
          ],
          [
            'me',
            'C’est noté, le colis ira directement à Toulouse. Bonne installation dans votre nouveau chez-vous !',
          ],
        ],
      },
    ],
  },
]
