import type { LogFormat } from './log-format.ts'
import { splitFields } from './split-fields.ts'
import { columnParser } from './w3c-columns.ts'

/** The extended log format of the W3C, which IIS writes. Times are UTC. */
export const w3c: LogFormat = {
  label: 'W3C extended log format of IIS and others, with its #Fields lines',
  parse: (line, context) => newParser()(line, context),
  withDirectives: newParser,
}

function newParser() {
  return columnParser({ valuesOf, textOf, durationMs })
}

function valuesOf(line: string): readonly string[] | undefined {
  const even = line.includes('\t') || line.includes('  ') ? line.trim().replace(/[ \t]+/g, ' ') : line.trim()
  return even.includes('"') ? splitFields(even) : even.split(' ')
}

/** IIS writes a plus sign for a space, and a plus sign as it is: the first of several was a space. */
function textOf(value: string): string {
  return value.includes(' ') ? value : value.replace(/\++/g, (run) => ` ${run.slice(1)}`)
}

/** Seconds, as the standard has it, when there is a decimal point; IIS and most others write milliseconds. */
function durationMs(value: string): number | undefined {
  const amount = Number(value)
  return Number.isFinite(amount) ? amount * (value.includes('.') ? 1000 : 1) : undefined
}
