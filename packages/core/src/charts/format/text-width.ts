/**
 * How wide a text is, about, without a canvas to measure it on: the server has none, and browser and server are to draw
 * alike. Widths are those of Inter in hundredths of the font size.
 */
export function textWidthPx(text: string, fontPx: number): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return (width * fontPx) / 100
}

/** The text with as much of its end cut off as is too wide, and an ellipsis there; never in the middle of an emoji. */
export function cutText(text: string, widthPx: number, fontPx: number): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  // Long before the end of a long text, it is clear that it does not fit.
  if (line.length < 400 && textWidthPx(line, fontPx) <= widthPx) return line
  const most = widthPx - textWidthPx('…', fontPx)
  let kept = ''
  let width = 0
  for (const { segment } of segmenter.segment(line.slice(0, 400))) {
    width += textWidthPx(segment, fontPx)
    if (width > most) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function widthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x250) return WIDTHS[character] ?? (/[A-ZÀ-Þ]/.test(character) ? 69 : 57)
  // Marks that are drawn over the letter before them, joiners and variations.
  if (/\p{M}|\p{Cf}/u.test(character)) return 0
  if (code >= 0x1100 && /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character))
    return 100
  return /\p{Extended_Pictographic}/u.test(character) ? 130 : 60
}

const WIDTHS: Readonly<Record<string, number>> = {
  ' ': 28,
  i: 25,
  j: 25,
  l: 25,
  I: 28,
  f: 36,
  t: 36,
  r: 38,
  m: 88,
  w: 80,
  M: 88,
  W: 98,
  '.': 28,
  ',': 28,
  ':': 28,
  ';': 28,
  "'": 24,
  '’': 24,
  '|': 30,
  '!': 28,
  '/': 36,
  '-': 44,
  '(': 36,
  ')': 36,
  '%': 88,
  '@': 96,
  '&': 64,
  '€': 62,
}
