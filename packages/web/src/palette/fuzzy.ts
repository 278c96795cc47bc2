import { bareText, folded } from '../ui/bare-text.ts'

/**
 * How well what was typed fits a text: its letters come in this order, with others between them. More is better; `undefined`
 * does not fit. Every word that was typed has to fit somewhere, in any order.
 */
export function fuzzyScore(typed: string, text: string): number | undefined {
  const plain = folded(text)
  let score = 0
  for (const word of folded(typed).split(/\s+/).filter(Boolean)) {
    const one = wordScore(word, plain) ?? bareScore(word, plain)
    if (one === undefined) return undefined
    score += one
  }
  // Of two that fit alike, the shorter one is more likely meant.
  return score - plain.length / 100
}

const WHOLE = 20
const AT_START_OF_WORD = 8
const NEXT_TO_LAST = 5
const ANYWHERE = 1

function wordScore(word: string, text: string): number | undefined {
  const at = wholeAt(word, text)
  if (at !== -1) return WHOLE + (isStart(text, at) ? AT_START_OF_WORD : 0) + word.length * NEXT_TO_LAST
  // Letters with others between them: only from the beginning of a word on, or everything would fit everything.
  let score: number | undefined
  for (let start = 0; start < text.length; start++) {
    if (!isStart(text, start) || text[start] !== word[0]) continue
    const one = lettersScore(word, text, start)
    if (one !== undefined && (score === undefined || one > score)) score = one
  }
  return score
}

/** `sign-up` for `Sign up`. */
function bareScore(word: string, text: string): number | undefined {
  const bare = bareText(word)
  return bare === '' || bare === word ? undefined : wordScore(bare, text)
}

/** Where the word stands as it was typed, if possible at the beginning of a word. */
function wholeAt(word: string, text: string): number {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) if (isStart(text, at)) return at
  return text.indexOf(word)
}

function lettersScore(word: string, text: string, start: number): number | undefined {
  let score = 0
  let last = start - 1
  for (const letter of word) {
    const at = nextAt(letter, text, last + 1)
    if (at === -1) return undefined
    score += at === last + 1 ? NEXT_TO_LAST : isStart(text, at) ? AT_START_OF_WORD : ANYWHERE
    last = at
  }
  return score
}

/** The very next letter, else one that begins a word, else any. */
function nextAt(letter: string, text: string, from: number): number {
  if (text[from] === letter) return from
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1))
    if (isStart(text, at)) return at
  return text.indexOf(letter, from)
}

const isStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
