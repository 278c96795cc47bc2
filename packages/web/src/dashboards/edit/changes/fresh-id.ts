/** A name as an id: `Top pages` becomes `top-pages`, and `top-pages-2` where there is one already. */
export function freshId(name: string, taken: Iterable<string>, otherwise: string): string {
  const used = new Set(taken)
  const base = idOf(name) || otherwise
  if (!used.has(base)) return base
  for (let count = 2; ; count++) {
    const id = `${base.slice(0, LONGEST - 1 - String(count).length)}-${count}`
    if (!used.has(id)) return id
  }
}

const LONGEST = 40

function idOf(name: string): string {
  return (
    name
      .normalize('NFKD')
      // Letters keep their shape without the marks above them.
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, LONGEST)
      .replace(/^-+|-+$/g, '')
  )
}
