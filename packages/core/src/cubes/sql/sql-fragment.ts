/**
 * Pieces of SQL that a definition brings along, such as `status >= 400`. Whoever writes a definition may read everything, so this
 * is no wall against attackers: it makes sure that a piece is one expression and that it ends where the text around it goes on.
 */

/** What is wrong with an expression; `undefined` when it can stand within other SQL. */
export function fragmentProblem(sql: string): string | undefined {
  return problemOf(sql, { hasLists: false })
}

/** What is wrong with a query that is to stand in brackets. */
export function subqueryProblem(sql: string): string | undefined {
  return /^\s*(SELECT|WITH)\b/i.test(sql)
    ? problemOf(sql, { hasLists: true })
    : 'expected a query that begins with SELECT or WITH'
}

/** With lists, commas may stand outside of brackets. */
function problemOf(sql: string, { hasLists }: { readonly hasLists: boolean }): string | undefined {
  if (sql.trim() === '') return 'expected an SQL expression, got nothing'
  const open: Bracket[] = []
  for (let i = 0; i < sql.length; i++) {
    const character = sql.charAt(i)
    const pair = sql.slice(i, i + 2)
    if (QUOTES.includes(character)) {
      const end = endOfQuoted(sql, i)
      if (end === undefined) return `expected the quote ${character} at position ${i + 1} to be closed`
      const name = sql.slice(i + 1, end)
      if (!hasLists && character !== `'` && OWN_NAME.test(name)) {
        return `expected no column called "${name}": names like this are Almanac's own`
      }
      i = end
    } else if (pair === '--' || pair === '/*' || character === '#') {
      return `expected an expression without comments, got one at position ${i + 1}`
    } else if (character in CLOSING) {
      open.push({ character, position: i + 1 })
    } else if (character === ')' || character === ']') {
      const last = open.pop()
      if (!last || CLOSING[last.character] !== character) return `expected no "${character}" at position ${i + 1}`
    } else if (character === ',' && open.length === 0 && !hasLists) {
      return `expected one expression, got "," at position ${i + 1}`
    } else if (!ALLOWED.test(character)) {
      return `expected no "${character}" at position ${i + 1}`
    }
  }
  const left = open.at(-1)
  return left && `expected the "${left.character}" at position ${left.position} to be closed`
}

interface Bracket {
  readonly character: string
  readonly position: number
}

const QUOTES = `'"\``
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']' }
// Not ; which ends a statement, { } which name a parameter, $ and \ which begin other kinds of text. Outside of ASCII the engine
// takes some characters for quotes and for minus signs, of which two begin a comment.
const ALLOWED = /[\w\s.,:?!=<>%*+\-/|&^~]/

// `own-names.ts`. A query in brackets is by itself, and can give such a column another name.
const OWN_NAME = /^[a-z]+\$/

/** A backslash takes the next character with it; a quote that comes twice is one of the text. */
function endOfQuoted(sql: string, start: number): number | undefined {
  const quote = sql.charAt(start)
  for (let i = start + 1; i < sql.length; i++) {
    if (sql.charAt(i) === '\\') i++
    else if (sql.charAt(i) === quote) {
      if (sql.charAt(i + 1) !== quote) return i
      i++
    }
  }
  return undefined
}
