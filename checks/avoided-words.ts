/** Words that a text must not have, because the idea has another one: the tables of `locales/README.md`. */
export type Avoided = {
  /** Which files of `locales/`. */
  in: RegExp
  word: RegExp
  instead: string
}

export const avoidedWords: readonly Avoided[] = [
  { in: /./, word: /'/, instead: 'the apostrophe ’ (a straight one means something to the formatter)' },
  { in: /./, word: /[!]/, instead: 'a sentence without an exclamation mark' },
  {
    in: /^en\//,
    word: /\b(cannot|(could|does|do|did|is|are|has|have|will|would|should) not)\b/i,
    instead: 'a contraction',
  },
  {
    in: /^en\//,
    word: /\b(organisation|recognise|centre|colour|cancelled|any more)\b/i,
    instead: 'the American spelling',
  },
  { in: /^en\//, word: /\b[Ee]mails?\b/, instead: '“e-mail”' },
  { in: /^en\//, word: /\bstands? (here|there)\b|\banew\b|\bgoes on\b/i, instead: 'what English says' },
  { in: /^en\//, word: /\b(agent|ticket|service times)\b/i, instead: 'the word of the table' },
  {
    in: /^en\/messenger/,
    word: /\b(operator|slot|widget|messenger)s?\b/i,
    instead: 'people: the team, we',
  },
  { in: /^fr\//, word: /\b(dés)?assign|désattribu/i, instead: '« attribuer »' },
  { in: /^fr\//, word: /\bmessag(erie|er)\b|\bwidget/i, instead: '« chat »' },
  { in: /^fr\//, word: /\brepr(endre|enez|is|ise|end)\b/i, instead: '« rouvrir » ou « prendre le relais »' },
  {
    in: /^fr\//,
    word: /centre de messages|\bcourriel|\bmél\b/i,
    instead: '« espace de messages », « e-mail »',
  },
  { in: /^fr\/messenger/, word: /\b(opérat(eur|rice)|agent)s?\b/i, instead: 'l’équipe, nous' },
  { in: /^de\/(web|errors)/, word: /Unterhaltung/, instead: '„Konversation“' },
  {
    in: /^de\/messenger/,
    word: /Konversation|Operator|Widget|Messenger|Agent/,
    instead: '„Unterhaltung“, das Team, wir',
  },
  {
    in: /^de\//,
    word: /Kolleg(in|en\b)|WARTEND|Kennwort|(?<!-)\bMails?\b/,
    instead: '„Teammitglied“, „Passwort“, „E-Mail“',
  },
]
