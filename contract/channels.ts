/** What a channel can do with what was said. */
export type ChannelAbility = {
  /** For how many hours after it was said a message of ours can be deleted for the contact; 0: never. */
  deletableHours: number
  /** Whether both sides can react to messages. */
  reacts: boolean
  /** Whether voice messages can be sent to it. */
  voice: boolean
}

const none: ChannelAbility = { deletableHours: 0, reacts: false, voice: false }

/** The channels by name. One that is not here can do nothing of it. */
const channels: Readonly<Record<string, ChannelAbility>> = {
  website: { deletableHours: Number.POSITIVE_INFINITY, reacts: true, voice: true },
  custom: { deletableHours: Number.POSITIVE_INFINITY, reacts: true, voice: true },
  telegram: { deletableHours: 48, reacts: true, voice: true },
}

/** What a channel can do. */
export function abilityOf(channel: string): ChannelAbility {
  return Object.hasOwn(channels, channel) ? (channels[channel] ?? none) : none
}

/** Whether something said at `at` can be deleted for the contact at `now`, both in milliseconds since 1970. */
export function isDeletable(channel: string, { at, now }: { at: number; now: number }): boolean {
  return now - at <= abilityOf(channel).deletableHours * 3_600_000 && abilityOf(channel).deletableHours > 0
}
