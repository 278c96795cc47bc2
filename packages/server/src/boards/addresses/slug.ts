/** The ends of addresses. */
export const SLUG = /^[a-z0-9][a-z0-9-]{0,79}$/
const LONGEST_STEM = 70

/** Made of a title: `Umsätze & Kosten` is `umsatze-kosten`. A title without a Latin letter or a digit is `board`. */
export function slugOf(title: string): string {
  const words = title.replaceAll('ß', 'ss').normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const stem = words.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-/, '')
  return stem.slice(0, LONGEST_STEM).replace(/-$/, '') || 'board'
}

/** The first of `stem`, `stem-2`, `stem-3`, … that is free. */
export function freeSlug(stem: string, isTaken: (slug: string) => boolean): string {
  let slug = stem
  for (let i = 2; isTaken(slug); i++) slug = `${stem}-${i}`
  return slug
}
