/**
 * What the page says of itself: the script tag's data attributes, or the argument of `init`. All of it goes along with every
 * event as it is, and the server knows what to make of it; so a new setting costs no byte here.
 */
export interface Settings {
  /** Where events go, such as `https://stats.example.com/e`. */
  api?: string | URL
  /** An ingest key. It may be public: it can write to its source and do nothing else. */
  key?: string
  /** In place of the key: a name that was given to the source. */
  site?: string
  /** Who is logged in. */
  user?: string | undefined
  /** Go with every event. */
  props?: Properties
  environment?: 'production' | 'sandbox'
  /** Visitors who ask not to be tracked (DNT, GPC) are not. As an attribute, being there is enough. */
  respectDnt?: boolean | string | undefined
}

export type Properties = Readonly<Record<string, unknown>>

export interface EventOptions {
  readonly props?: Properties
  readonly revenue?: { readonly amount: number; readonly currency: string }
}

/** The settings, and what else all events of a page have in common: short names, because they travel. */
export const common: Settings & { u?: string; r?: string; [setting: string]: unknown } = {}
