import type { CollectedEvent } from './collected-event.ts'

/**
 * An event that is understood but not yet identified: what is missing are its id and its visitor. Both need secrets
 * (the identity key, a day's salt) that parsing has no business with, so parsing stays a pure function of the text.
 */
export interface EventDraft {
  readonly event: DraftFields
  /** IP address or host name: an ingredient of the visitor hash. It is never stored. */
  readonly address?: string | undefined
}

export type DraftFields = Omit<CollectedEvent, 'id' | 'idFrom' | 'visitor' | 'visitorKind'>

/** For building an event field by field, before anybody else has seen it. */
export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
