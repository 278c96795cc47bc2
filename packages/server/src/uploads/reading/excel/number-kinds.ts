import { readXml } from './read-xml.ts'

/** What a number in a cell is: Excel tells dates from other numbers by their format alone. */
export type NumberKind = 'number' | 'date' | 'clock' | 'duration'

/** By the styles that cells name by their numbers. */
export async function readNumberKinds(styles: AsyncIterable<Buffer>): Promise<NumberKind[]> {
  const codes = new Map<string, string>()
  const kinds: NumberKind[] = []
  let inside = ''
  await readXml(styles, {
    open(name, attributes) {
      if (name === 'numFmts' || name === 'cellXfs') inside = name
      else if (name === 'numFmt' && inside === 'numFmts')
        codes.set(attributes.numFmtId ?? '', attributes.formatCode ?? '')
      else if (name === 'xf' && inside === 'cellXfs') {
        const id = attributes.numFmtId ?? '0'
        const code = codes.get(id)
        kinds.push(code === undefined ? ownKind(Number(id)) : kindOfCode(code))
      }
    },
    close(name) {
      if (name === inside) inside = ''
    },
  })
  return kinds
}

/** Of the formats that every program has and no file spells out. Those from 27 on are of East Asia. */
function ownKind(id: number): NumberKind {
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return 'clock'
  if (id === 46) return 'duration'
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'number'
}

export function kindOfCode(code: string): NumberKind {
  // Without what is written as it is, and of the first section, which is that of positive numbers.
  const [positive = ''] = code.replaceAll(/"[^"]*"|[\\_*]./g, '').split(';')
  if (/\[(h+|m+|s+)\]/i.test(positive)) return 'duration'
  const signs = positive.replaceAll(/\[[^\]]*\]/g, '').replaceAll(/general/gi, '')
  if (/[dy]|ge/i.test(signs)) return 'date'
  if (/[hs]|am\/pm/i.test(signs)) return 'clock'
  return /m/i.test(signs) ? 'date' : 'number'
}
