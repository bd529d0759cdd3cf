import type { z } from 'zod'
import type { SignKind } from '../signs.ts'
import type { Actor } from './actor.ts'

/** A body as it is stored and sent: what happened, as code and data; the text is made where it is shown. */
export type AnyBody = { v: number; event: string; [field: string]: unknown }

/** A text of a catalogue, by its key, and what is put into it. */
export type Sentence<Key extends string = string> = readonly [key: Key, values?: Record<string, string>]

/** Who reads, and what they know. */
export type Reader = {
  /** The operator who reads. */
  meId: string
  /** What they call a colleague; empty for whom they do not know. */
  nameOf(operatorId: string | null | undefined): string
  /** Their word for a colleague without a name. */
  someone: string
  /** A moment in their language and time zone. */
  moment(at: string): string
}

/** What a plain text is made of. */
export type Readable<Body = AnyBody> = { actor: Actor; text: string; body: Body }

/** Whom something concerns by what it says, beside those who follow the conversation. */
export type Concern = { operatorIds: readonly string[]; isToGroup?: boolean }

/** What a kind holds, all of it. */
type Held<Fields extends z.ZodRawShape, Internal extends z.ZodRawShape> = z.infer<
  z.ZodObject<Fields & Internal>
>

type Definition<
  Event extends string,
  Fields extends z.ZodRawShape,
  Internal extends z.ZodRawShape,
  Key extends string,
> = {
  /**
   * How the log treats it. message: it is said to the other side, counts as unread and is previewed, found, mailed · note:
   * colleagues tell it each other · event: it happened.
   */
  readonly of: 'message' | 'note' | 'event'
  /** Its name in a body. */
  readonly event: Event
  /** Raised when its fields come to mean something else: to whoever knows another one it is unknown. */
  readonly v: number
  readonly audience: 'operators' | 'both'
  /** What of it everybody in the audience receives. */
  readonly fields: Fields
  /** What of it operators alone receive. */
  readonly internal: Internal
  /** What an operator reads of it where there is room for text alone: in a line, a list, a notification, spoken. */
  text(entry: Readable<Held<Fields, Internal>>, reader: Reader): string | Sentence<Key>
  /** What the contact receives instead of `fields`; null: that it is there, and nothing more. */
  toContact?(body: Held<Fields, Internal>): AnyBody | null
  /** What makes it a sign, where it is one. */
  readonly sign?: SignKind
  /** Of what an operator did: who is notified, themselves aside. */
  concerns?(body: Held<Fields, Internal>): Concern
  /** Whether the contact is another one thereby, so that what is shown of them is read again. */
  readonly isAboutContact?: true
}

/** A kind of entry: what it holds, who reads it and what they read. */
export type Kind<
  Event extends string,
  Fields extends z.ZodRawShape,
  Internal extends z.ZodRawShape,
  Key extends string,
> = Definition<Event, Fields, Internal, Key> & {
  /** Makes a body of it. */
  body(fields: Held<Fields, Internal>): BodyOf<Event, Fields, Internal>
  /** A body, if it is of this kind and version; else null. */
  read(body: AnyBody | null | undefined): BodyOf<Event, Fields, Internal> | null
}

type BodyOf<Event extends string, Fields extends z.ZodRawShape, Internal extends z.ZodRawShape> = {
  v: number
  event: Event
} & (keyof (Fields & Internal) extends never ? unknown : Held<Fields, Internal>)

/** Declares a kind; exists for its inference and for the two ways to its bodies. */
/* @__NO_SIDE_EFFECTS__ */
export function defineKind<
  const Event extends string,
  Fields extends z.ZodRawShape,
  Internal extends z.ZodRawShape,
  const Key extends string = never,
>(definition: Definition<Event, Fields, Internal, Key>): Kind<Event, Fields, Internal, Key> {
  const { event, v } = definition
  return {
    ...definition,
    body: (fields) => ({ v, event, ...fields }),
    // The name and the version say what the fields are; whoever takes bodies from outside has parsed them.
    read: (body) =>
      body?.event === event && body.v === v ? (body as unknown as BodyOf<Event, Fields, Internal>) : null,
  }
}
