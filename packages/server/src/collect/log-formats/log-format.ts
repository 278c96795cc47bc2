import type { EventDraft } from '../events/event-draft.ts'
import { maskAddresses } from './mask-addresses.ts'

/** A format of log files in which each line is one event. To add one, write its file and list it in `log-formats.ts`. */
export interface LogFormat {
  /** One line, for `--help`. */
  readonly label: string
  readonly parse: ParseLine
  /**
   * Of formats that say in lines of their own (`#Fields: …`) what the columns of the lines below are: a parser for one
   * reading of one file, which remembers them. Those lines begin with `#`. Whoever begins in the middle of a file hands it
   * those that stood before.
   */
  readonly withDirectives?: () => ParseLine
}

/** Never throws, whatever the line: a line that is not understood is rejected, with what was expected and what came. */
export type ParseLine = (line: string, context: ParseContext) => ParsedLine

export interface ParseContext {
  /** The present, in milliseconds since 1970: a line that claims to be from after tomorrow is rejected. */
  readonly nowMs: number
  readonly environment: 'production' | 'sandbox'
}

/** `directive`: a line of the file about itself, and so neither an event nor a mistake. */
export type ParsedLine = { readonly draft: EventDraft } | { readonly rejected: string } | { readonly directive: true }

/** Without whole addresses, and without one that the cut has made unrecognisable. */
export function excerpt(text: string, from = 0): string {
  return maskAddresses(text.slice(from, from + 100)).slice(0, 40)
}

/** The reason of a rejection: names what was expected, and shows the line from the place where something else stood. */
export function expected(what: string, line: string, position: number): { readonly rejected: string } {
  const got = position >= line.length ? 'the end of the line' : JSON.stringify(excerpt(line, position))
  return { rejected: `expected ${what}, got ${got}` }
}
