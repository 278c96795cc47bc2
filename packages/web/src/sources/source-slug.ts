/**
 * A name for keys, commands and filters, made of what people call the source: `Tea & Co. – Shop` is `tea-co-shop`. Empty
 * when there is no letter of ours in it; then the person has to think of one.
 */
export function sourceSlug(label: string): string {
  const small = label.toLowerCase().replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('æ', 'ae')
  const words = small
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .match(/[a-z0-9]+/g)
  return (words ?? []).join('-').slice(0, MAX_LENGTH).replace(/-$/, '')
}

export const MAX_LENGTH = 63
