/** A place in a board as it is written in the code: `tabs[0].sections[1].title`. */
export function placeText(path: readonly (string | number)[]): string {
  return path.map((part, i) => (isIndex(part) ? `[${part}]` : i === 0 ? String(part) : `.${part}`)).join('')
}

const isIndex = (part: string | number) => /^\d+$/.test(String(part))
