/** Events nest less; JSON.parse survives 200,000 levels, but nothing that recurses over the result does. */
export const MAX_JSON_DEPTH = 64

/** What a client's text says, or undefined when it is no JSON or nested too deeply; JSON's `null` stays null. Never throws. */
export function jsonOf(text: string | Buffer): unknown {
  const decoded = text.toString()
  const json = decoded.charCodeAt(0) === BYTE_ORDER_MARK ? decoded.slice(1) : decoded
  if (isDeeperThan(json, MAX_JSON_DEPTH)) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Before anything is built from the text. One event seldom has as many brackets as would be needed for that. */
export function isDeeperThan(text: string, maxDepth: number): boolean {
  return hasMoreThan(text, maxDepth) && depthExceeds(text, maxDepth)
}

function hasMoreThan(text: string, count: number): boolean {
  let left = count
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      left -= 1
      if (left < 0) return true
    }
  }
  return false
}

/** Counts brackets outside of strings. */
function depthExceeds(text: string, maxDepth: number): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1
      if (depth > maxDepth) return true
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1
  }
  return false
}

const BYTE_ORDER_MARK = 0xfeff
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
