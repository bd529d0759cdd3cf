/**
 * Every error the API can answer with. The code is stable and may be relied on; the text is for developers and logs.
 * People read the translation of the code (`locales/<lang>/errors.json`).
 */
export const errors = {
  'request.invalid': { status: 400, text: 'The request does not have the expected shape.' },
  'request.too_large': { status: 413, text: 'The request is larger than allowed.' },
  'request.too_many': {
    status: 429,
    text: 'Too many requests. Wait as long as Retry-After says, then try again.',
  },
  'request.cross_site': {
    status: 403,
    text: 'State-changing requests must come from the Message Center itself.',
  },
  'request.unsupported_type': {
    status: 415,
    text: 'Send the body as application/json, or as one of the types this address takes.',
  },
  'route.unknown': { status: 404, text: 'There is nothing at this address.' },
  'server.unavailable': { status: 503, text: 'The database cannot be reached right now. Try again shortly.' },
  'server.stopping': { status: 503, text: 'This process is stopping. Try again; another one will answer.' },
  'server.fault': {
    status: 500,
    text: 'Something failed on our side. It has been logged under the request id.',
  },
  'create.id_reused': { status: 409, text: 'This id was already used for something else. Make a new id.' },
  'session.required': { status: 401, text: 'Log in first.' },
  'session.credentials': { status: 401, text: 'E-mail or password is wrong.' },
  'password.wrong': { status: 403, text: 'The current password is wrong.' },
  'password.common': {
    status: 400,
    text: 'This password is one that others try first: a common one, or made of what is known of its owner.',
  },
  'session.unknown': { status: 404, text: 'There is no such session.' },
  'setup.done': { status: 409, text: 'This installation is already set up. Log in instead.' },
  'setup.token': {
    status: 403,
    text: 'This set-up link is wrong or was used. The current one is printed when the server starts.',
  },
  'widget.hours_invalid': {
    status: 400,
    text: 'The business hours do not fit: the fields name what is wrong (zone, intervals, dates).',
  },
  'privacy.required': { status: 403, text: 'The contact must agree to the terms of the widget first.' },
  'role.missing': { status: 403, text: 'Your role does not allow this; `right` says what is missing.' },
  'role.unknown': { status: 404, text: 'There is no such role.' },
  'role.protected': { status: 409, text: 'Neither the role of the owner nor your own can be changed so.' },
  'role.beyond': { status: 403, text: 'Nobody gives or takes more than their own role allows.' },
  'role.name_taken': { status: 409, text: 'There is a role with this name already.' },
  'operator.unknown': { status: 404, text: 'There is no such operator.' },
  'picture.unreadable': {
    status: 400,
    text: 'This is no PNG, JPEG or WebP picture, or it is damaged or moves.',
  },
  'picture.too_large': {
    status: 400,
    text: 'The picture has more than 40 million pixels (20 of 16 bits), or one side is over 20 times the other.',
  },
  'picture.unknown': { status: 404, text: 'There is no such picture.' },
  'contact.unknown': { status: 404, text: 'There is no such contact.' },
  'contact.blocked': {
    status: 403,
    text: 'This contact is blocked until `until`, or for good where that is null.',
  },
  'contact.required': { status: 401, text: 'A contact token is needed.' },
  'widget.unknown': { status: 404, text: 'There is no widget with this key.' },
  'widget.site': {
    status: 403,
    text: 'This widget may not be used on this site. Add the site to the allowed sites of the widget.',
  },
  'widget.routing_incomplete': {
    status: 400,
    text: 'This kind of routing needs a group, skills or an operator.',
  },
  'widget.sites_invalid': {
    status: 400,
    text: 'A site is scheme and host, like https://shop.example or https://*.shop.example.',
  },
  'conversation.unknown': { status: 404, text: 'There is no such conversation.' },
  'conversation.not_yours': {
    status: 403,
    text: 'Only the operator the conversation is assigned to can do this.',
  },
  'conversation.assigned_meanwhile': { status: 409, text: 'Somebody else was assigned in the meantime.' },
  'conversation.changed_meanwhile': {
    status: 409,
    text: 'The contact has written since what the caller saw. Read it again and decide anew.',
  },
  'conversation.ended': { status: 409, text: 'The conversation has ended. Resume it first.' },
  'conversation.not_ended': { status: 409, text: 'The conversation has not ended.' },
  'conversation.live': {
    status: 409,
    text: 'The conversation is live; it cannot be put off before that has ended.',
  },
  'conversation.not_snoozed': { status: 409, text: 'The conversation is not put off.' },
  'conversation.not_live': { status: 409, text: 'The conversation is not live.' },
  'note.changed': {
    status: 409,
    text: 'The note was changed meanwhile. Read it again and decide anew.',
  },
  'message.unknown': { status: 404, text: 'There is no such message, or nothing is left of it.' },
  'message.undeletable': {
    status: 409,
    text: 'Only what our side wrote can be deleted for the contact, on channels that can, as long as they can.',
  },
  'message.not_asked': { status: 409, text: 'Its contact has not asked for this message to be deleted.' },
  'message.no_reactions': { status: 409, text: 'The channel of this conversation has no reactions.' },
  'message.reactions_full': { status: 409, text: 'This message has as many different reactions as it can.' },
  'note.unknown': { status: 404, text: 'There is no such note of yours.' },
  'draft.too_many': {
    status: 409,
    text: 'Too many drafts are kept already. Send or clear some of them.',
  },
  'macro.unknown': { status: 404, text: 'There is no such macro.' },
  'macro.changed': {
    status: 409,
    text: 'The macro was changed meanwhile. Read it again and decide anew.',
  },
  'macro.shortcut_taken': {
    status: 409,
    text: 'Another macro for the same people has this shortcut; `macroId` says which.',
  },
  'macro.key_taken': {
    status: 409,
    text: 'Another macro for the same people has this key; `macroId` says which.',
  },
  'macro.too_many': {
    status: 409,
    text: 'There are as many macros as there can be. Remove some of them.',
  },
  'macro.file_unreadable': {
    status: 400,
    text: 'The file cannot be read: `reason` says why (encoding, format, columns, length).',
  },
  'group.name_taken': { status: 409, text: 'There is a group with this name already.' },
  'group.in_use': { status: 409, text: 'A widget routes to this group. Change its routing first.' },
  'skill.unknown': { status: 404, text: 'There is no such skill.' },
  'skill.name_taken': { status: 409, text: 'There is a skill with this name already.' },
  'skill.in_use': { status: 409, text: 'A widget asks for this skill. Change its routing first.' },
  'invitation.invalid': {
    status: 404,
    text: 'This invitation is wrong, was used or withdrawn, or has expired.',
  },
  'invitation.mailed_enough': {
    status: 429,
    text: 'This address was mailed several invitations within a day. Give the link by hand.',
  },
  'operator.email_taken': { status: 409, text: 'An operator with this e-mail address exists already.' },
  'mail.not_set': { status: 409, text: 'No server for mail is set (SMTP_URL), and this needs one.' },
  'mail.unknown': { status: 404, text: 'There is no such mail.' },
  'link.invalid': { status: 404, text: 'This link is wrong, was used, or has expired.' },
  'operator.protected': {
    status: 409,
    text: 'This is the owner, yourself, or somebody whose role allows more than yours.',
  },
  'group.unknown': { status: 404, text: 'There is no such group.' },
  'file.unknown': { status: 404, text: 'There is no such file, or not for you.' },
  'file.too_large': { status: 413, text: 'A file may have 100 MB (104,857,600 bytes) and no more.' },
  'file.kind_refused': {
    status: 403,
    text: 'The widget takes no files of this kind from contacts; `kinds` names those it takes.',
  },
  'file.quota': {
    status: 403,
    text: 'There is no room for this file: of what `whose` may store, `left` bytes are left.',
  },
  'file.part_length': {
    status: 400,
    text: 'Each part is as long as the upload says, and its Content-Length says so; only the last one is shorter.',
  },
  'file.incomplete': { status: 409, text: 'Parts are missing. Read the upload, send them, finish it then.' },
  'file.checksum': {
    status: 409,
    text: 'What arrived is not what the checksum stands for. All parts were dropped: send them again.',
  },
  'file.infected': { status: 403, text: 'There is malware in this file. It was removed.' },
  'file.unscanned': {
    status: 503,
    text: 'Files are looked through for malware, and that is not possible right now. Try again shortly.',
  },
  'file.sent': { status: 409, text: 'This file was sent already.' },
  'file.not_ready': {
    status: 409,
    text: 'Some files cannot be sent: unknown, unfinished, or sent already. `files` names them.',
  },
  'sample.working': { status: 409, text: 'Sample data is being created or removed. Wait until it is done.' },
} as const satisfies Record<string, { status: number; text: string }>

export type ErrorCode = keyof typeof errors

/** The body of every answer with a status of 400 or more. */
export type ErrorBody = {
  error: { code: ErrorCode; message: string; requestId?: string; details?: Record<string, unknown> }
}
