const DAY_MS = 86_400_000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * The instant of `17/May/2015:10:05:03 +0000` at a position of a line, in milliseconds since 1970, or the reason why there
 * is none. Between 1970 and one day after `nowMs`: a clock that is further off says nothing, and each strange day would
 * cost a partition. A leap second (23:59:60 UTC) is the last millisecond of the day that it ends.
 */
export function parseApacheTime(line: string, start: number, nowMs: number): number | string {
  const day = startOfDay(line.slice(start, start + 11))
  const hour = twoDigits(line, start + 12)
  const minute = twoDigits(line, start + 15)
  const second = twoDigits(line, start + 18)
  const offset = offsetMinutes(line, start + 20)
  const wellFormed = separators(line, start) && !Number.isNaN(day) && hour < 24 && minute < 60 && second <= 60
  if (!wellFormed || Number.isNaN(offset)) return malformed(line, start)

  const at = day + ((hour * 60 + minute - offset) * 60 + second) * 1000
  if (at < 0 || at > nowMs + DAY_MS) return outOfRange(line, start)
  if (second < 60) return at
  return at % DAY_MS === 0 ? at - 1 : malformed(line, start)
}

function malformed(line: string, start: number): string {
  return `expected a time such as [17/May/2015:10:05:03 +0000], got ${JSON.stringify(line.slice(start - 1, start + 27))}`
}

function outOfRange(line: string, start: number): string {
  return `expected a time between 1970 and tomorrow, got ${JSON.stringify(line.slice(start, start + 26))}`
}

function separators(line: string, start: number): boolean {
  const colon = (offset: number) => line.charCodeAt(start + offset) === 58
  return colon(11) && colon(14) && colon(17) && line.charCodeAt(start + 20) === 32
}

// Neighbouring lines are mostly of the same day, so the last answer is kept. A pure function all the same.
let lastText = ''
let lastDay = Number.NaN

function startOfDay(text: string): number {
  if (text !== lastText) {
    lastDay = dayFromText(text)
    lastText = text
  }
  return lastDay
}

function dayFromText(text: string): number {
  const match = /^(\d\d)\/([A-Z][a-z][a-z])\/(\d{4})$/.exec(text)
  const month = MONTHS.indexOf(match?.[2] ?? '')
  if (!match || month === -1) return Number.NaN
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999 and the 31st of February for the 3rd of March: so no overflow.
  const date = new Date(0)
  date.setUTCFullYear(Number(match[3]), month, Number(match[1]))
  return date.getUTCMonth() === month && date.getUTCDate() === Number(match[1]) ? date.getTime() : Number.NaN
}

/** NaN, which is less than nothing, when there are no two digits. */
function twoDigits(line: string, at: number): number {
  const tens = line.charCodeAt(at) - 48
  const ones = line.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function offsetMinutes(line: string, space: number): number {
  const sign = line[space + 1]
  const hours = twoDigits(line, space + 2)
  const minutes = twoDigits(line, space + 4)
  if ((sign !== '+' && sign !== '-') || !(hours < 24) || !(minutes < 60)) return Number.NaN
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes)
}
