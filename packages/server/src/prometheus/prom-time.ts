import { AppError } from '@almanac/core/errors.ts'

/** Nothing has happened outside of the time that the engine knows. */
const LATEST_MS = Date.UTC(2200, 0, 1)

/** Milliseconds since 1970 of `1447922447.781` or `2015-11-19T08:27:27.781Z`. */
export function parsePromTime(name: string, text: string): number {
  const seconds = text.trim() === '' ? Number.NaN : Number(text)
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Math.round(seconds * 1000)
  if (ms >= 0 && ms < LATEST_MS) return ms
  throw invalid(name, `cannot parse "${text}" to a valid timestamp`)
}

const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

/** Milliseconds of `15`, `0.5`, `5m` or `1h30m`. */
export function parsePromDuration(name: string, text: string): number {
  const seconds = Number(text)
  if (text.trim() !== '' && Number.isFinite(seconds)) return positive(name, seconds * 1000)
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(text)) throw invalid(name, `cannot parse "${text}" to a valid duration`)
  const parts = [...text.matchAll(/(?<count>\d+)(?<unit>ms|[smhdwy])/g)]
  return positive(
    name,
    parts.reduce((sum, { groups }) => sum + Number(groups?.count) * (UNIT_MS[groups?.unit ?? ''] ?? 0), 0),
  )
}

function positive(name: string, ms: number): number {
  if (ms > 0) return ms
  throw invalid(name, 'zero or negative query resolution step widths are not accepted. Try a positive integer')
}

function invalid(name: string, message: string): AppError {
  return new AppError('invalid_query', `invalid parameter "${name}": ${message}`)
}
