import type { AnyBody } from '@foyer/contract/entries/kind.ts'
import type { KindName, KnownBody } from '@foyer/contract/entries/kinds.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'

/** Ids of who and what samples speak of. */
type Cast = { operatorId: string; operatorName: string; colleagueId: string; groupId: string }

/** One entry of a kind, every field of it filled in. */
export type EntrySample<Body = AnyBody> = {
  by: 'operator' | 'contact' | 'system'
  /** Empty where a kind has none. */
  text: string
  body: Body
}

type SamplesOf = { readonly [Name in KindName]: EntrySample<Extract<KnownBody, { event: Name }>> }

const formatted = (text: string): RichText => [{ type: 'paragraph', runs: [{ text, bold: true }] }]

/** One of every kind. A kind that is added is added here: the suite over all kinds asks for it. */
export function entrySamples({ operatorId, operatorName, colleagueId, groupId }: Cast): SamplesOf {
  const who = { operatorId, operatorName }
  return {
    written: {
      by: 'contact',
      text: 'A pangolin\naxolotl.png',
      body: {
        v: 1,
        event: 'written',
        proven: true,
        content: formatted('A pangolin'),
        files: [
          {
            id: colleagueId,
            name: 'axolotl.png',
            type: 'image/png',
            bytes: 70,
            width: 2,
            height: 1,
            shows: 'picture',
          },
        ],
      },
    },
    note: {
      by: 'operator',
      text: `A quokka @${operatorName}`,
      body: {
        v: 1,
        event: 'note',
        content: formatted(`A quokka @${operatorName}`),
        edited: true,
        mentions: [{ operatorId, name: operatorName }],
      },
    },
    message_erased: { by: 'contact', text: '', body: { v: 1, event: 'message_erased', operatorId } },
    note_deleted: { by: 'operator', text: '', body: { v: 1, event: 'note_deleted' } },
    assigned: {
      by: 'operator',
      text: '',
      body: { v: 1, event: 'assigned', ...who, reason: 'routed', fromId: colleagueId },
    },
    unassigned: { by: 'system', text: '', body: { v: 1, event: 'unassigned', operatorId, reason: 'left' } },
    group_assigned: {
      by: 'operator',
      text: '',
      body: { v: 1, event: 'group_assigned', groupId, groupName: 'Ocelots' },
    },
    group_unassigned: { by: 'operator', text: '', body: { v: 1, event: 'group_unassigned', groupId } },
    snoozed: {
      by: 'operator',
      text: '',
      body: { v: 1, event: 'snoozed', until: '2031-05-02T08:00:00.000Z' },
    },
    snooze_ended: { by: 'system', text: '', body: { v: 1, event: 'snooze_ended' } },
    opened: { by: 'operator', text: '', body: { v: 1, event: 'opened' } },
    set_pending: { by: 'operator', text: '', body: { v: 1, event: 'set_pending' } },
    ended: { by: 'system', text: '', body: { v: 1, event: 'ended', reason: 'silence' } },
    resumed: { by: 'operator', text: '', body: { v: 1, event: 'resumed', ...who, fromId: colleagueId } },
    live_began: { by: 'system', text: '', body: { v: 1, event: 'live_began', ...who } },
    live_ended: { by: 'system', text: '', body: { v: 1, event: 'live_ended', reason: 'operator_gone' } },
    blocked: {
      by: 'operator',
      text: '',
      body: { v: 1, event: 'blocked', until: '2031-05-01T08:00:00.000Z', reason: 'Insults' },
    },
    unblocked: { by: 'operator', text: '', body: { v: 1, event: 'unblocked' } },
    address_left: {
      by: 'system',
      text: '',
      body: { v: 1, event: 'address_left', address: 'okapi@mail.example' },
    },
    address_proven: {
      by: 'system',
      text: '',
      body: { v: 1, event: 'address_proven', address: 'okapi@mail.example' },
    },
    address_refused: {
      by: 'system',
      text: '',
      body: { v: 1, event: 'address_refused', address: 'okapi@mail.example' },
    },
    file_refused: {
      by: 'system',
      text: '',
      body: { v: 1, event: 'file_refused', name: 'numbat.pdf', found: 'Win.Test.Dugong' },
    },
  }
}
