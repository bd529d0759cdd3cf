import type { SampleContact } from './shapes.ts'

const day = 24 * 60

/** Qui a écrit en français il y a un jour ou plus. */
export const frenchOlder: readonly SampleContact[] = [
  {
    name: 'Jean-Baptiste Moreau',
    email: 'jb.moreau@example.fr',
    locale: 'fr',
    scripts: [
      {
        ago: day + 35,
        steps: [
          ['contact', 'Bonjour, la bouilloire siffle à peine. Défaut, ou c’est voulu ?'],
          { assign: 'tom', by: 'tom' },
          [
            'tom',
            'Bonjour ! Elle siffle bas exprès, mais on doit l’entendre d’une pièce à l’autre. Le couvercle est-il bien enfoncé ?',
          ],
          ['contact', 'Ah… non. Maintenant oui. Désolé pour le dérangement 😅'],
          ['tom', 'Aucun dérangement. Bon café !'],
          { end: 'tom' },
        ],
      },
    ],
  },
  {
    name: 'Marguerite Vasseur',
    email: 'marguerite.vasseur@example.fr',
    locale: 'fr',
    scripts: [
      {
        ago: 2 * day + 200,
        steps: [
          [
            'contact',
            'Bonjour Madame, bonjour Monsieur,\n\nje vous écris au nom de l’association Les Mercredis du Conte, à Dijon. Chaque hiver, nous réunissons une trentaine d’enfants et leurs grands-parents autour d’histoires lues à la lumière de lanternes. Les nôtres sont en papier de soie et ne passeront pas une saison de plus : deux ont brûlé (sans gravité, je vous rassure), les autres tiennent avec du ruban adhésif.\n\nNous avons vu votre lanterne nº 3 chez une amie et nous en rêvons depuis. Notre budget est malheureusement modeste : 400 € en tout, pour lesquels il nous en faudrait six. Auriez-vous des pièces de second choix, des fins de série, ou toute autre idée qui rendrait la chose possible ? Un petit défaut ne gênerait personne, les enfants y verraient plutôt un dragon ou un nuage.\n\nNous viendrions bien entendu les chercher nous-mêmes.\n\nAvec mes salutations les meilleures,\nMarguerite Vasseur',
          ],
          { assign: 'me', by: 'amelie' },
          [
            'me',
            'Bonjour Madame Vasseur,\n\nvotre lettre a fait le tour de l’atelier. Nous avons sept lanternes dont le papier a pris l’humidité : une légère ombre, qui disparaît une fois allumées. Elles sont à vous pour 300 €, la septième en cadeau pour le dragon.',
          ],
          ['contact', 'Je ne sais comment vous remercier ! Les enfants vous feront un dessin, c’est promis.'],
          { set: 'pending', by: 'me' },
        ],
      },
    ],
  },
  {
    name: 'Loïc Tremblay',
    email: 'loic.tremblay@example.ca',
    locale: 'fr',
    scripts: [
      {
        ago: 4 * day,
        steps: [
          ['contact', 'Salut ! Les prix sont en euros même pour le Canada ?'],
          { assign: 'amelie', by: 'amelie' },
          ['amelie', 'Bonjour Loïc, oui, et votre banque convertit au cours du jour.'],
          ['contact', 'OK, merci ben !'],
          { end: 'amelie' },
        ],
      },
      {
        ago: 6 * 60 + 20,
        steps: [
          [
            'contact',
            'Rebonjour, c’est encore moi 😊 Mon colis est bloqué à la douane à Mirabel, ils demandent une facture « commerciale ». Vous pouvez m’aider ?',
          ],
        ],
      },
    ],
  },
  {
    name: 'Solène Rochard',
    email: 'solene.rochard@example.fr',
    locale: 'fr',
    scripts: [
      {
        ago: 19 * day,
        steps: [
          ['contact', 'Bonjour, comment annuler ma commande MP-20251 ?'],
          { assign: 'me', by: 'me' },
          [
            'me',
            'Bonjour Solène, c’est fait : rien n’était encore parti. Le remboursement arrive sous trois jours.',
          ],
          ['contact', 'Super, merci !'],
          { end: 'me' },
        ],
      },
      {
        ago: 8 * day,
        steps: [
          ['contact', 'Finalement je la reprends 🙈 Est-ce que le code BIENVENUE marche encore ?'],
          { assign: 'me', by: 'me' },
          ['me', 'Il marche jusqu’à dimanche. Ravis de vous revoir parmi nous !'],
          ['contact', 'Commande passée 🎉'],
          { end: 'me' },
        ],
      },
    ],
  },
  {
    name: 'Odile Fontanel',
    email: 'odile.fontanel@example.fr',
    locale: 'fr',
    scripts: [
      {
        ago: 16,
        seen: true,
        steps: [
          ['contact', 'Bonjour, je voudrais modifier l’adresse de facturation de ma commande MP-20415.'],
          { assign: 'me', by: 'me' },
          ['me', 'Bonjour Odile, aucun souci. Quelle est la nouvelle adresse ?'],
          ['contact', 'Cabinet Fontanel, 27 rue Saint-Guilhem, 34000 Montpellier'],
        ],
      },
      {
        ago: 26 * day,
        steps: [
          ['contact', 'Faites-vous des cartes cadeaux ?'],
          { assign: 'amelie', by: 'amelie' },
          ['amelie', 'Oui, de 20 à 200 €, à imprimer ou à envoyer par la poste.'],
          ['contact', 'Génial, merci Amélie !'],
          { end: 'amelie' },
        ],
      },
    ],
  },
  {
    name: 'Bastien Roumégas',
    email: 'bastien.roumegas@example.fr',
    locale: 'fr',
    scripts: [
      {
        ago: 10 * day,
        steps: [
          [
            'contact',
            'Bonjour, est-ce que la planche rentre dans un four à pain, genre pour servir tiède ? 😅',
          ],
          { assign: 'tom', by: 'tom' },
          [
            'tom',
            'Bonjour Bastien, surtout pas : le noyer se fendrait. Tiède sur la table, oui ; dans le four, non.',
          ],
          ['contact', 'Bien reçu, ma planche vous remercie.'],
          { end: 'tom' },
        ],
      },
    ],
  },
]
