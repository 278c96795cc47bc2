import { part } from './xml-part.ts'

/** The texts of a workbook, each once: cells name them by their numbers, as in files of Excel. */
export interface SharedTexts {
  indexOf(text: string): number
  /** Once all cells are written. */
  xml(): Iterable<string>
}

const TEXTS_AT_ONCE = 1000

export function createSharedTexts(): SharedTexts {
  const indices = new Map<string, number>()
  return {
    indexOf(text) {
      const known = indices.get(text)
      if (known !== undefined) return known
      indices.set(text, indices.size)
      return indices.size - 1
    },
    *xml() {
      const [start, end] = part('sst', '\n').split('\n', 2) as [string, string]
      yield start
      let waiting: string[] = []
      for (const text of indices.keys()) {
        waiting.push(`<si><t xml:space="preserve">${escaped(text)}</t></si>`)
        if (waiting.length < TEXTS_AT_ONCE) continue
        yield waiting.join('')
        waiting = []
      }
      yield waiting.join('') + end
    },
  }
}

// Characters that XML cannot hold or would change, and what Excel would read as one of them, are written as `_x0000_`.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SPECIAL = /[&<>]|[\0-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escaped(text: string): string {
  return text.replaceAll(
    SPECIAL,
    (one) => ENTITIES[one] ?? `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  )
}
