import { AppError } from '@almanac/core/errors.ts'
import { detectFormat, firstLines } from '../../../collect/log-formats/detect-format.ts'
import type { LogFormat, ParseContext } from '../../../collect/log-formats/log-format.ts'
import { LOG_FORMAT_NAMES, LOG_FORMATS, type LogFormatName } from '../../../collect/log-formats/log-formats.ts'
import { patternFormat } from '../../../collect/log-formats/pattern.ts'
import { HEAD_BYTES, type TextSource } from '../../../collect/read/text-source.ts'

/** A format by its name, one that is to be found out, or the user's own expression. */
export type FormatChoice = LogFormatName | 'auto' | { readonly pattern: string }

export interface ChosenFormat {
  /** What the import is known by: an import is gone on with in the same format only. */
  readonly name: string
  readonly format: LogFormat
}

/** Fails with an AppError when none of our formats fits the first lines. */
export function chooseFormat(choice: FormatChoice, source: TextSource, context: ParseContext): ChosenFormat {
  if (typeof choice === 'object') return { name: 'regex', format: patternFormat(choice.pattern) }
  if (choice !== 'auto') return { name: choice, format: LOG_FORMATS[choice] }
  const { head } = source
  const isWhole = head.length < HEAD_BYTES
  const name = detectFormat(head, isWhole, context)
  if (name === undefined) throw noneFits(source.name, firstLines(head, isWhole))
  return { name, format: LOG_FORMATS[name] }
}

function noneFits(file: string, lines: readonly string[]): AppError {
  const [first = ''] = lines
  const tried = `None of the formats ${LOG_FORMAT_NAMES.join(', ')} fits most of the first ${lines.length} lines`
  return new AppError('invalid_request', `${tried} of ${file}, which begins ${JSON.stringify(first.slice(0, 120))}`, {
    hint: 'Name the format with --format, to see line by line what does not fit, or describe the lines with --regex',
  })
}
