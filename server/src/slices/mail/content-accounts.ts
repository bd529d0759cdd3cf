import type { Locale } from '@foyer/contract/scalars.ts'

/** Mails to an operator about their own account. */
export type AccountKind =
  | 'password_link'
  | 'password_changed'
  | 'password_link_made'
  | 'address_proof'
  | 'address_changed'
  | 'log_ins_failed'

export type AccountFilling = {
  organization: string
  link: string
  /** Whose account it is. */
  name: string
  /** The address they log in with now, partly masked. */
  address: string
  /** The colleague whose doing it is, where there is one. */
  maker: string
}

type Said = {
  subject: string
  said: readonly string[]
  /** What the button says; without one the mail has no link. */
  action?: string
  foot: readonly string[]
}

const once = {
  en: 'The link is for you alone and works once.',
  fr: 'Ce lien est personnel et ne sert qu’une fois.',
  de: 'Der Link ist nur für Sie und funktioniert einmal.',
}
const why = {
  en: 'You get this mail because this is your address for logging in to {organization}.',
  fr: 'Vous recevez cet e-mail parce que cette adresse vous sert à vous connecter à {organization}.',
  de: 'Sie erhalten diese E-Mail, weil Sie sich mit dieser Adresse bei {organization} anmelden.',
}

const texts: Readonly<Record<Locale, Readonly<Record<AccountKind, Said>>>> = {
  en: {
    password_link: {
      subject: 'A new password for {organization}',
      said: ['Somebody, probably you, has asked for a new password for your account at {organization}.'],
      action: 'Choose a new password',
      foot: [
        `${once.en} It is good for an hour.`,
        'If it wasn’t you, you don’t need to do anything: your password stays as it is.',
      ],
    },
    password_changed: {
      subject: 'Your password for {organization} was changed',
      said: [
        'The password of your account at {organization} has just been changed, and you were logged out everywhere else.',
        'If that wasn’t you, choose “Forgot password?” on the log-in page right away, and tell whoever manages your team.',
      ],
      foot: [why.en],
    },
    password_link_made: {
      subject: '{maker} made you a link for a new password',
      said: [
        '{maker} has made a link with which a new password can be set for your account at {organization}, and will pass it on to you.',
        'If you didn’t ask for it, talk to {maker}: whoever has the link can log in as you.',
      ],
      foot: [why.en],
    },
    address_proof: {
      subject: 'Confirm your new e-mail address for {organization}',
      said: ['{name}, from now on you’d like to log in to {organization} with this address.'],
      action: 'Confirm this address',
      foot: [
        `${once.en} It is good for a day.`,
        'If you don’t know why you got this mail, you don’t need to do anything.',
      ],
    },
    address_changed: {
      subject: 'Your e-mail address for {organization} was changed',
      said: [
        'You now log in to {organization} with {address} instead of this address.',
        'If that wasn’t you, take it back: this address holds again, everybody is logged out of your account, and you choose a new password.',
      ],
      action: 'That wasn’t me',
      foot: [`${once.en} It is good for 7 days.`],
    },
    log_ins_failed: {
      subject: 'Somebody is trying to log in to {organization} as you',
      said: [
        'Within the last hour somebody has entered wrong passwords for your account at {organization} many times, from a browser you haven’t used before.',
        'Nobody got in. If it wasn’t you, your password protects you as long as you use it nowhere else; otherwise change it.',
      ],
      foot: [why.en, 'You’re told of this once a day at most.'],
    },
  },
  fr: {
    password_link: {
      subject: 'Un nouveau mot de passe pour {organization}',
      said: [
        'Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte chez {organization}.',
      ],
      action: 'Choisir un nouveau mot de passe',
      foot: [
        `${once.fr} Il reste valable une heure.`,
        'Si ce n’était pas vous, vous n’avez rien à faire : votre mot de passe ne change pas.',
      ],
    },
    password_changed: {
      subject: 'Votre mot de passe pour {organization} a été modifié',
      said: [
        'Le mot de passe de votre compte chez {organization} vient d’être modifié, et vous avez été déconnecté(e) partout ailleurs.',
        'Si ce n’était pas vous, choisissez tout de suite « Mot de passe oublié ? » sur la page de connexion et prévenez la personne qui gère votre équipe.',
      ],
      foot: [why.fr],
    },
    password_link_made: {
      subject: '{maker} a créé un lien pour votre nouveau mot de passe',
      said: [
        '{maker} a créé un lien qui permet de définir un nouveau mot de passe pour votre compte chez {organization}, et va vous le transmettre.',
        'Si vous ne l’avez pas demandé, parlez-en à {maker} : la personne qui possède ce lien peut se connecter à votre place.',
      ],
      foot: [why.fr],
    },
    address_proof: {
      subject: 'Confirmez votre nouvelle adresse e-mail pour {organization}',
      said: ['{name}, vous souhaitez désormais vous connecter à {organization} avec cette adresse.'],
      action: 'Confirmer cette adresse',
      foot: [
        `${once.fr} Il reste valable une journée.`,
        'Si vous ne savez pas pourquoi vous recevez cet e-mail, vous n’avez rien à faire.',
      ],
    },
    address_changed: {
      subject: 'Votre adresse e-mail pour {organization} a été modifiée',
      said: [
        'Vous vous connectez maintenant à {organization} avec {address} et non plus avec cette adresse.',
        'Si ce n’était pas vous, annulez ce changement : cette adresse redevient la vôtre, toutes les sessions de votre compte prennent fin et vous choisissez un nouveau mot de passe.',
      ],
      action: 'Ce n’était pas moi',
      foot: [`${once.fr} Il reste valable 7 jours.`],
    },
    log_ins_failed: {
      subject: 'Quelqu’un tente de se connecter à {organization} à votre place',
      said: [
        'Au cours de la dernière heure, de nombreux mots de passe erronés ont été saisis pour votre compte chez {organization}, depuis un navigateur que vous n’avez jamais utilisé.',
        'Personne n’a pu entrer. Si ce n’était pas vous, votre mot de passe vous protège tant que vous ne l’utilisez nulle part ailleurs ; sinon, changez-le.',
      ],
      foot: [why.fr, 'Vous en êtes prévenu(e) une fois par jour au plus.'],
    },
  },
  de: {
    password_link: {
      subject: 'Ein neues Passwort für {organization}',
      said: [
        'Jemand, vermutlich Sie selbst, hat ein neues Passwort für Ihr Konto bei {organization} angefordert.',
      ],
      action: 'Neues Passwort wählen',
      foot: [
        `${once.de} Er gilt eine Stunde.`,
        'Falls Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
      ],
    },
    password_changed: {
      subject: 'Ihr Passwort für {organization} wurde geändert',
      said: [
        'Das Passwort Ihres Kontos bei {organization} wurde soeben geändert. Überall sonst wurden Sie abgemeldet.',
        'Falls Sie das nicht waren, wählen Sie auf der Anmeldeseite sofort „Passwort vergessen?“ und sagen Sie der Person Bescheid, die Ihr Team verwaltet.',
      ],
      foot: [why.de],
    },
    password_link_made: {
      subject: '{maker} hat einen Link für Ihr neues Passwort erstellt',
      said: [
        '{maker} hat einen Link erstellt, mit dem sich ein neues Passwort für Ihr Konto bei {organization} festlegen lässt, und wird ihn an Sie weitergeben.',
        'Falls Sie nicht darum gebeten haben, sprechen Sie mit {maker}: Wer den Link hat, kann sich als Sie anmelden.',
      ],
      foot: [why.de],
    },
    address_proof: {
      subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse für {organization}',
      said: ['{name}, Sie möchten sich künftig mit dieser Adresse bei {organization} anmelden.'],
      action: 'Adresse bestätigen',
      foot: [
        `${once.de} Er gilt einen Tag.`,
        'Falls Sie mit dieser E-Mail nichts anfangen können, brauchen Sie nichts zu tun.',
      ],
    },
    address_changed: {
      subject: 'Ihre E-Mail-Adresse für {organization} wurde geändert',
      said: [
        'Sie melden sich bei {organization} jetzt mit {address} an statt mit dieser Adresse.',
        'Falls Sie das nicht waren, machen Sie es rückgängig: Dann gilt wieder diese Adresse, alle Sitzungen Ihres Kontos enden und Sie wählen ein neues Passwort.',
      ],
      action: 'Das war ich nicht',
      foot: [`${once.de} Er gilt 7 Tage.`],
    },
    log_ins_failed: {
      subject: 'Jemand versucht, sich bei {organization} als Sie anzumelden',
      said: [
        'In der letzten Stunde wurde für Ihr Konto bei {organization} vielfach ein falsches Passwort eingegeben, in einem Browser, den Sie noch nie benutzt haben.',
        'Niemand ist hineingekommen. Falls Sie das nicht waren, schützt Sie Ihr Passwort, solange Sie es nirgends sonst verwenden; andernfalls ändern Sie es.',
      ],
      foot: [why.de, 'Darüber werden Sie höchstens einmal am Tag informiert.'],
    },
  },
}

/** What a mail about an account says, with its names in place. */
export function sayAccount(locale: Locale, filled: { kind: AccountKind } & AccountFilling): Said {
  const { subject, said, action, foot } = texts[locale][filled.kind]
  const values: Readonly<Record<string, string>> = filled
  const put = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  return { subject: put(subject), said: said.map(put), foot: foot.map(put), ...(action ? { action } : {}) }
}
