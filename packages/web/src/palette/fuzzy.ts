import { bareText, folded } from '../ui/bare-text.ts'

/** Of what fits, more is better. */
export interface Fit {
  readonly score: number
  /** Where what was typed is found: at the beginning of words, within words, or as letters with others between them. */
  readonly by: (typeof WAYS)[number]
}

/** Where one thing fits so, those that have the letters alone are left out. */
export const isByWords = ({ by }: Pick<Fit, 'by'>): boolean => by === 'words'

const WAYS = ['words', 'parts', 'letters'] as const

/**
 * How well what was typed fits a text: its letters come in this order, with others between them. `undefined` does not fit.
 * Every word that was typed has to fit somewhere, in any order; the worst of them says by what.
 */
export function fuzzyFit(typed: string, text: string): Fit | undefined {
  const plain = folded(text)
  let score = 0
  let worst = 0
  for (const word of folded(typed).split(/\s+/).filter(Boolean)) {
    const one = wordFit(word, plain) ?? bareFit(word, plain)
    if (one === undefined) return undefined
    score += one.score
    worst = Math.max(worst, WAYS.indexOf(one.by))
  }
  // Of two that fit alike, the shorter one is more likely meant.
  return { score: score - plain.length / 100, by: WAYS[worst] ?? 'letters' }
}

const WHOLE = 20
const AT_START_OF_WORD = 8
const NEXT_TO_LAST = 5
const ANYWHERE = 1

function wordFit(word: string, text: string): Fit | undefined {
  const at = wholeAt(word, text)
  if (at !== -1) {
    const score = WHOLE + word.length * NEXT_TO_LAST
    return isStart(text, at) ? { score: score + AT_START_OF_WORD, by: 'words' } : { score, by: 'parts' }
  }
  // Letters with others between them: only from the beginning of a word on, or everything would fit everything.
  let score: number | undefined
  for (let start = 0; start < text.length; start++) {
    if (!isStart(text, start) || text[start] !== word[0]) continue
    const one = lettersScore(word, text, start)
    if (one !== undefined && (score === undefined || one > score)) score = one
  }
  return score === undefined ? undefined : { score, by: 'letters' }
}

/** `sign-up` for `Sign up`. */
function bareFit(word: string, text: string): Fit | undefined {
  const bare = bareText(word)
  return bare === '' || bare === word ? undefined : wordFit(bare, text)
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
