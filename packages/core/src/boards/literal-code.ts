/**
 * Plain data as TypeScript, laid out as Biome does it with this repository's settings: lines of 120, single quotes, a comma
 * after the last part. Text with line breaks is a template, so that a change of one line is a difference of one line.
 */
const WIDTH = 120
const LONG_KEY = 5

/** An object is opened over several lines, as wide as it may be. */
export function literalCode(value: unknown): string {
  return isList(value) || isObject(value) ? opened(value, '') : flat(value)
}

/** At this indentation, with so much on the line before and behind it. */
function laidOut(value: unknown, indent: string, before: number, behind: number): string {
  if (!mustOpen(value)) {
    const line = flat(value)
    if (before + widthOf(line) + behind <= WIDTH || isEmpty(value) || !(isList(value) || isObject(value))) return line
  }
  return isList(value) || isObject(value) ? opened(value, indent) : flat(value)
}

function opened(value: List | Fields, indent: string): string {
  const inner = `${indent}  `
  if (isList(value)) {
    if (value.length > 1 && value.every((item) => typeof item === 'number')) return filled(value, indent)
    const items = value.map((item) => `${inner}${laidOut(item, inner, inner.length, 1)},\n`)
    return `[\n${items.join('')}${indent}]`
  }
  const parts = Object.entries(value).map(([key, part]) => `${inner}${property(key, part, inner)},\n`)
  return `{\n${parts.join('')}${indent}}`
}

function property(name: string, value: unknown, indent: string): string {
  const key = keyCode(name)
  const before = indent.length + widthOf(key) + 2
  const code = laidOut(value, indent, before, 1)
  // A long text has a line of its own, unless that gains next to nothing.
  const isTooLong = typeof value === 'string' && !isTemplate(value) && before + widthOf(code) + 1 > WIDTH
  return isTooLong && widthOf(key) >= LONG_KEY ? `${key}:\n${indent}  ${code}` : `${key}: ${code}`
}

/** As many numbers as fit on each line. */
function filled(numbers: readonly number[], indent: string): string {
  const inner = `${indent}  `
  const lines: string[] = []
  let line = inner
  for (const number of numbers) {
    const item = `${flat(number)},`
    const longer = line === inner ? `${line}${item}` : `${line} ${item}`
    if (longer.length > WIDTH && line !== inner) {
      lines.push(line)
      line = `${inner}${item}`
    } else line = longer
  }
  return `[\n${[...lines, line].join('\n')}\n${indent}]`
}

/** On one line. */
function flat(value: unknown): string {
  if (isList(value)) return `[${value.map(flat).join(', ')}]`
  if (isObject(value)) {
    const parts = Object.entries(value).map(([key, part]) => `${keyCode(key)}: ${flat(part)}`)
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
  }
  if (typeof value === 'string') return isTemplate(value) ? templateCode(value) : textCode(value)
  return typeof value === 'number' ? numberCode(value) : String(value)
}

/** A template with line breaks is never inside of a line; of several objects or lists, each has a line of its own. */
function mustOpen(value: unknown): boolean {
  if (typeof value === 'string') return isTemplate(value)
  if (isList(value)) return isTable(value) || value.some(mustOpen)
  return isObject(value) && Object.values(value).some(mustOpen)
}

function isTable(list: List): boolean {
  const hasSeveral = (item: unknown) => (isList(item) ? item.length : Object.keys(item as Fields).length) > 1
  return list.length > 1 && (list.every(isList) || list.every(isObject)) && list.every(hasSeveral)
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
const keyCode = (key: string) => (IDENTIFIER.test(key) ? key : textCode(key))

function numberCode(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e')
}

/** What is not seen, or changes how the rest is seen: control characters, ends of lines, the direction of writing. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu
const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** In the quotes that need fewer escapes. */
function textCode(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'"
  const inside = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
  return `${quote}${inside.replace(UNSEEN, escaped)}${quote}`
}

const isTemplate = (text: string) => text.includes('\n')

function templateCode(text: string): string {
  const inside = text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')
  return `\`${inside.replace(UNSEEN, (char) => (char === '\n' || char === '\t' ? char : escaped(char)))}\``
}

type List = readonly unknown[]
type Fields = Readonly<Record<string, unknown>>
const isList = (value: unknown): value is List => Array.isArray(value)
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !isList(value)
const isEmpty = (value: unknown) => (isList(value) || isObject(value)) && Object.keys(value).length === 0

/** In columns: Chinese, Japanese and Korean characters and emoji take two. */
function widthOf(code: string): number {
  const wide = code.match(
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\p{Emoji_Presentation}]/gu,
  )
  return [...code].length + (wide?.length ?? 0)
}
