/**
 * The text of a cell out of its runs, one of each format. How East Asian characters are read out (`rPh`) stands among them and
 * is no part of the text.
 */
export function createTextRuns() {
  let text = ''
  let isText = false
  let isPhonetic = false
  return {
    open(name: string) {
      if (name === 'rPh') isPhonetic = true
      else if (name === 't') isText = !isPhonetic
    },
    add(piece: string) {
      if (isText) text += piece
    },
    close(name: string) {
      if (name === 'rPh') isPhonetic = false
      else if (name === 't') isText = false
    },
    /** All that came since the last time. */
    take(): string {
      const taken = unescaped(text)
      text = ''
      return taken
    },
  }
}

/** Characters that XML cannot hold are written as `_x000D_`, and what looks like one of them as `_x005F_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
