import { combined } from './combined.ts'
import { common } from './common.ts'
import { jsonLines } from './json-lines.ts'
import type { LogFormat } from './log-format.ts'

export const LOG_FORMATS = { common, combined, 'json-lines': jsonLines } satisfies Record<string, LogFormat>
export type LogFormatName = keyof typeof LOG_FORMATS
export const LOG_FORMAT_NAMES = Object.keys(LOG_FORMATS) as LogFormatName[]
