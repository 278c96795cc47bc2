/** What can be left out of the script. The file's name says what is in: `almanac.links.spa.js`; `almanac.js` has it all. */
const PARTS = ['engagement', 'links', 'spa'] as const
type Part = (typeof PARTS)[number]

export interface Variant {
  readonly file: string
  readonly parts: readonly Part[]
}

export const ALL_PARTS: readonly Part[] = PARTS

export const VARIANTS: readonly Variant[] = Array.from({ length: 2 ** PARTS.length }, (_, bits) => {
  const parts = PARTS.filter((_part, index) => bits & (1 << index))
  return { file: fileOf(parts), parts }
})

/** The constants that the source asks, see `src/parts.d.ts`. */
export function definesOf(parts: readonly Part[]): Record<string, string> {
  return Object.fromEntries(PARTS.map((part) => [part.toUpperCase(), String(parts.includes(part))]))
}

function fileOf(parts: readonly Part[]): string {
  if (parts.length === PARTS.length) return 'almanac.js'
  return ['almanac', ...(parts.length === 0 ? ['core'] : parts), 'js'].join('.')
}
