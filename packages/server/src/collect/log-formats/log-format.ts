import type { EventDraft } from '../event-draft.ts'

/** A format of log files in which each line is one event. To add one, write its file and list it in `log-formats.ts`. */
export interface LogFormat {
  /** One line, for `--help`. */
  readonly label: string
  /** Never throws, whatever the line: a line that is not understood is rejected, with what was expected and what came. */
  parse(line: string, context: ParseContext): ParsedLine
}

export interface ParseContext {
  /** The present, in milliseconds since 1970: a line that claims to be from after tomorrow is rejected. */
  readonly nowMs: number
  readonly environment: 'production' | 'sandbox'
}

export type ParsedLine = { readonly draft: EventDraft } | { readonly rejected: string }

/** The reason of a rejection: names what was expected, and shows the line from the place where something else stood. */
export function expected(what: string, line: string, position: number): ParsedLine {
  const got = position >= line.length ? 'the end of the line' : JSON.stringify(line.slice(position, position + 40))
  return { rejected: `expected ${what}, got ${got}` }
}
